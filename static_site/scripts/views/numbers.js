const SIGNED = new Intl.NumberFormat(undefined, { signDisplay: "exceptZero", minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A score with its sign; U+2212 is as wide as the plus, and screen readers read it aloud. */
export function signed(value) {
  return SIGNED.format(value).replace("-", "−");
}
