// Copies what the pages load from the npm packages into ../static: htmx, the chart library, the font and the icon sprite.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const here = new URL("./", import.meta.url);
const modules = new URL("node_modules/", here);
const target = new URL("../static/", here);

function sprite() {
  const names = readFileSync(new URL("icons.txt", here), "utf8").split("\n").filter(Boolean);
  const symbols = names.map((name) => {
    const svg = readFileSync(new URL(`lucide-static/icons/${name}.svg`, modules), "utf8");
    const shapes = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")}</symbol>`;
  });
  const own = readFileSync(new URL("mark.svg", here), "utf8").trim();
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${own}\n${symbols.join("\n")}\n</svg>\n`;
}

mkdirSync(new URL("js/", target), { recursive: true });
mkdirSync(new URL("fonts/", target), { recursive: true });
writeFileSync(new URL("icons.svg", target), sprite());
copyFileSync(new URL("htmx.org/dist/htmx.min.js", modules), new URL("js/htmx.min.js", target));
copyFileSync(new URL("uplot/dist/uPlot.iife.min.js", modules), new URL("js/uplot.min.js", target));
for (const subset of ["latin", "latin-ext"]) {
  const file = `geist-${subset}-wght-normal.woff2`;
  copyFileSync(new URL(`@fontsource-variable/geist/files/${file}`, modules), new URL(`fonts/${file}`, target));
}
for (const [from, to] of [
  ["@fontsource-variable/geist/LICENSE", "fonts/geist.LICENSE"],
  ["lucide-static/LICENSE", "icons.LICENSE"],
  ["htmx.org/LICENSE", "js/htmx.LICENSE"],
  ["uplot/LICENSE", "js/uplot.LICENSE"],
]) {
  copyFileSync(new URL(from, modules), new URL(to, target));
}
