/** The same function, computed once for each object that it is given, for as long as that object lives. */
export function remembered<From extends object, To>(compute: (from: From) => To): (from: From) => To {
  const known = new WeakMap<From, { value: To }>();
  return (from) => {
    const found = known.get(from) ?? { value: compute(from) };
    known.set(from, found);
    return found.value;
  };
}
