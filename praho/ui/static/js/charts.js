// Draws the charts of a page from the figures that stand in it; the drawing library is fetched where there is one.
(() => {
  const root = document.documentElement;
  const drawn = new Map();
  let library;

  // Colours are those of the chart's own surroundings, which may be of another theme than the page.
  let place = root;
  const token = (name) => getComputedStyle(place).getPropertyValue(name).trim();
  const faint = (colour, alpha) => colour.replace(/\)$/, ` / ${alpha})`);
  const fetchLibrary = (address) => {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.addEventListener("load", resolve, { once: true });
      script.addEventListener("error", reject, { once: true });
      document.head.append(script);
    });
    return library;
  };

  const writer = (options, suffix = "") => {
    const format = new Intl.NumberFormat(root.lang, options);
    return (value) => format.format(value) + suffix;
  };
  const exact = ({ digits, fixed, unit }) =>
    writer({ minimumFractionDigits: fixed ? digits : 0, maximumFractionDigits: digits }, unit);

  // Bars of several series stand on each other: the highest sums are drawn first and covered by what they contain.
  const stacked = (series) => {
    const sums = [];
    return series.map(({ values }) => values.map((value, at) => (sums[at] = (sums[at] ?? 0) + (value ?? 0))));
  };
  const shown = (figures) => {
    const scale = 10 ** figures.digits;
    const rows = figures.series.map((each) => ({ ...each, values: each.values.map((v) => (v === null ? null : v / scale)) }));
    if (figures.kind !== "bar" || rows.length < 2) return rows.map((row) => ({ ...row, heights: row.values }));
    const heights = stacked(rows);
    return rows.map((row, at) => ({ ...row, heights: heights[at] })).reverse();
  };

  const line = (plot, { kind, label, colour, top }) => {
    const stroke = token(`--chart-${colour}`);
    if (kind === "bar") {
      return { label, fill: stroke, width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.62, 44], radius: [top ? 0.14 : 0, 0] }) };
    }
    return {
      label,
      stroke,
      width: 2,
      fill: kind === "area" ? faint(stroke, 0.13) : undefined,
      points: { show: plot.short.length === 1, size: 6, fill: stroke },
    };
  };

  // The figures under the pointer.
  const tip = (figures, rows) => {
    const write = exact(figures);
    const box = document.createElement("div");
    box.className = "chart-tip";
    const fill = (at) => {
      const head = document.createElement("p");
      head.textContent = figures.full[at];
      const lines = figures.series.map((series, position) => {
        const entry = document.createElement("p");
        const swatch = document.createElement("span");
        swatch.className = `chart-swatch chart-colour-${series.colour}`;
        const value = rows.find((row) => row.label === series.label).values[at];
        const text = document.createElement("b");
        text.textContent = value === null ? "–" : write(value);
        entry.append(swatch, figures.series.length > 1 ? `${figures.series[position].label} ` : "", text);
        return entry;
      });
      box.replaceChildren(head, ...lines);
    };
    return {
      init: (u) => u.over.append(box),
      setCursor: (u) => {
        const at = u.cursor.idx;
        box.hidden = at === null || at === undefined || u.cursor.left < 0;
        if (box.hidden) return;
        fill(at);
        const x = u.valToPos(u.data[0][at], "x");
        const left = x + 14 + box.offsetWidth > u.over.clientWidth ? x - 14 - box.offsetWidth : x + 14;
        box.style.translate = `${Math.max(0, Math.round(left))}px 0`;
      },
    };
  };

  const axes = (figures) => {
    const text = token("--text-muted");
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const compact = writer({ notation: "compact", maximumFractionDigits: 1 }, figures.unit.trim() === "%" ? "%" : "");
    const label = (_u, places) => places.map((at) => (Number.isInteger(at) ? (figures.short[at] ?? "") : ""));
    const width = (u, labels) => {
      u.ctx.font = `${12 * devicePixelRatio}px ${getComputedStyle(document.body).fontFamily}`;
      const widest = Math.max(0, ...(labels ?? []).map((each) => u.ctx.measureText(each).width));
      return Math.ceil(widest / devicePixelRatio) + 12;
    };
    const common = { stroke: text, font, ticks: { show: false } };
    return [
      { ...common, grid: { show: false }, space: 72, size: 28, gap: 8, incrs: [1, 2, 3, 5, 7, 10, 14, 30, 60, 90, 180], values: label },
      { ...common, grid: { stroke: token("--line"), width: 1 }, space: 44, gap: 8, size: width, values: (_u, places) => places.map(compact) },
    ];
  };

  const options = (figures, rows) => {
    const last = figures.short.length - 1;
    const bars = figures.kind === "bar";
    const surface = token("--color-base-100");
    return {
      width: place.clientWidth,
      height: place.clientHeight,
      padding: [10, bars ? 4 : 20, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        x: !bars,
        drag: { x: false, y: false },
        points: { show: !bars, size: 8, fill: (u, at) => u.series[at].stroke(u, at), stroke: surface, width: 2 },
      },
      scales: {
        x: { time: false, range: bars || last === 0 ? [-0.5, last + 0.5] : [0, last] },
        y: { range: (_u, low, high) => uPlot.rangeNum(Math.min(0, low), high || 1, { min: { pad: 0, soft: 0, mode: 1 }, max: { pad: 0.1, soft: 0, mode: 1 } }) },
      },
      axes: axes(figures),
      series: [{}, ...rows.map((row) => line(figures, { ...row, kind: figures.kind, top: row === rows[0] }))],
      hooks: Object.fromEntries(Object.entries(tip(figures, rows)).map(([name, act]) => [name, [act]])),
    };
  };

  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const plot = drawn.get(target.closest("[data-chart]"));
      if (plot && target.clientWidth) plot.setSize({ width: target.clientWidth, height: target.clientHeight });
    }
  });

  const draw = (figure) => {
    const figures = JSON.parse(figure.dataset.chart);
    const rows = shown(figures);
    place = figure.querySelector("[data-plot]");
    drawn.get(figure)?.destroy();
    const data = [figures.short.map((_label, at) => at), ...rows.map((row) => row.heights)];
    drawn.set(figure, new uPlot(options(figures, rows), data, place));
    resized.observe(place);
  };

  const drawAll = async (within) => {
    const figures = [...within.querySelectorAll("[data-chart]")];
    if (within.matches?.("[data-chart]")) figures.push(within);
    const waiting = figures.filter((figure) => !drawn.has(figure));
    if (waiting.length === 0) return;
    await fetchLibrary(waiting[0].dataset.plotter);
    for (const figure of waiting) if (figure.isConnected && !drawn.has(figure)) draw(figure);
  };
  const again = () => {
    for (const figure of [...drawn.keys()]) {
      if (figure.isConnected) draw(figure);
      else drawn.delete(figure);
    }
  };

  drawAll(document.body);
  document.addEventListener("htmx:load", (event) => drawAll(event.target));
  new MutationObserver(again).observe(root, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-chart-switch]");
    if (!button) return;
    const figure = button.closest("[data-chart]");
    const asTable = figure.classList.toggle("chart-as-table");
    button.setAttribute("aria-pressed", String(asTable));
    // Only what can be seen is a stop of the keyboard.
    figure.querySelector("[data-figures]").tabIndex = asTable ? 0 : -1;
  });
})();
