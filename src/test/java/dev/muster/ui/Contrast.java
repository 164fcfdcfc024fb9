package dev.muster.ui;

/** What WCAG AA asks of text and its ground: 4.5 to 1, of large text 3 to 1. */
final class Contrast {
    /** The texts of a page that are too pale, each with its ratio; colours are read as the browser draws them. */
    static final String SCRIPT = """
            (() => {
              const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
              const rgba = colour => {
                pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
                const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
                return [r, g, b, a / 255];
              };
              const over = (top, ground) => top.slice(0, 3).map((c, i) => c * top[3] + ground[i] * (1 - top[3]));
              const ground = element => {
                const grounds = [];
                for (let e = element; e; e = e.parentElement) {
                  const colour = rgba(getComputedStyle(e).backgroundColor);
                  grounds.unshift(colour);
                  if (colour[3] === 1) break;
                }
                return grounds.reduce((below, colour) => over(colour, below), [255, 255, 255]);
              };
              const light = c => {
                const [r, g, b] = c.map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const pale = [];
              const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) {
                const element = walk.currentNode.parentElement;
                if (!walk.currentNode.data.trim() || !element.checkVisibility() || element.closest('.unseen, .skip, svg, .fresh')) continue;
                const style = getComputedStyle(element);
                const below = ground(element);
                const [a, b] = [light(over(rgba(style.color), below)), light(below)].sort((x, y) => y - x);
                const ratio = (a + 0.05) / (b + 0.05);
                const size = parseFloat(style.fontSize);
                const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
                if (ratio < (large ? 3 : 4.5)) pale.push(`${walk.currentNode.data.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
              }
              return pale;
            })()""";

    private Contrast() {}
}
