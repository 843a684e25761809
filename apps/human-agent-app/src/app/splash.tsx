/** While the app finds out what to show. */
export function Splash() {
  return (
    <main className="grid h-full place-items-center" aria-busy="true">
      <img src="/icon.svg" alt="" className="size-16 animate-pulse rounded-2xl" />
    </main>
  );
}
