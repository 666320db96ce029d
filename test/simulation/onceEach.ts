/** Computes what belongs to an object once, for objects that do not change. */
export function onceEach<O extends object, V extends string>(compute: (object: O) => V): (object: O) => V {
  const known = new WeakMap<O, V>();
  return (object) => {
    let value = known.get(object);
    if (value === undefined) {
      value = compute(object);
      known.set(object, value);
    }
    return value;
  };
}
