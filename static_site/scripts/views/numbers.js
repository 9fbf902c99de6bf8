const SIGNED = new Intl.NumberFormat(undefined, { signDisplay: "exceptZero", minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A score with its sign; with a real minus, which looks like the plus and which screen readers do not leave out. */
export function signed(value) {
  return SIGNED.format(value).replace("-", "−");
}
