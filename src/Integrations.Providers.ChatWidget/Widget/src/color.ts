/** Black or white, whichever reads better on `color` (WCAG relative luminance). One of them always reaches 4.5:1. */
export function readableOn(color: string): '#000' | '#fff' {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? '#000' : '#fff';
}
