/** When the app itself could not be fetched: says so in all its languages, since its words were not fetched either. */
export function showStuck(): void {
  const root = document.getElementById("app");
  if (!root) return;
  const text = document.createElement("p");
  text.textContent =
    "No se pudo abrir la app. · The app could not be opened. · Não foi possível abrir o app.";
  const button = document.createElement("button");
  button.textContent = "↻";
  button.ariaLabel = "Recargar · Reload · Recarregar";
  button.onclick = () => location.reload();
  text.className = "max-w-80 text-center text-sm text-soft";
  button.className = "grid size-11 place-items-center rounded-full bg-accent text-xl text-on-accent";
  const place = document.createElement("main");
  place.className = "flex h-full flex-col items-center justify-center gap-4 p-6";
  place.setAttribute("role", "alert");
  place.append(text, button);
  root.replaceChildren(place);
}
