/** An amount in money as shops write it: `USD 0.32`, `$1.500`, `R$ 20`. */
const amount = /(?:USD|US\$|R\$|[$€])\s?(\d[\d.,]*\d|\d)/g;
const slack = 0.006;

/**
 * Prices in the bot's words that neither the machine states, nor come of a price of it times a number that the
 * customer wrote. Written apart from the engine's own guard, which it checks.
 */
export function findInventedPrices(said: string[], machineText: string, written: string[]): string[] {
  const stated = amountsIn(machineText);
  const counts = [
    1,
    ...written.flatMap((text) => [...text.matchAll(/\d[\d.,]*/g)].flatMap(([each]) => meanings(each))),
  ];
  return said.flatMap((text) =>
    [...text.matchAll(amount)].filter(([, number]) =>
      !meanings(number ?? "").some((value) =>
        stated.some((price) =>
          counts.some((count) => Math.abs(price * count - value) <= slack * Math.max(1, value))
        )
      )
    ).map(([whole]) => whole)
  );
}

function amountsIn(text: string): number[] {
  return [...text.matchAll(amount)].flatMap(([, number]) => meanings(number ?? ""));
}

/** `1.500` may be 1500 or 1.5. */
function meanings(number: string): number[] {
  const plain = number.replace(/[.,]$/, "");
  return [
    plain.replaceAll(",", ""),
    plain.replaceAll(".", "").replace(",", "."),
    plain.replaceAll(/[.,]/g, ""),
  ]
    .map(Number).filter((value) => !Number.isNaN(value));
}
