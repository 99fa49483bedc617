// What a page must not do to its reader, by what can be measured: a list of sentences, empty where all is well.
() => {
  const SLACK = 1.5;
  const found = [];
  const root = document.documentElement;
  const wider = root.scrollWidth - root.clientWidth;
  if (wider > 0) found.push(`the page is ${wider} px wider than the screen`);

  const shown = (element) => {
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
    // What only a screen reader meets stands in a box of a pixel.
    for (let outer = element; outer; outer = outer.parentElement) {
      const box = outer.getBoundingClientRect();
      if (getComputedStyle(outer).display !== "contents" && (box.width <= 2 || box.height <= 2)) return false;
    }
    return true;
  };
  const name = (element) => {
    const classes = typeof element.className === "string" ? element.className.trim().split(/\s+/).slice(0, 3) : [];
    return [element.localName, ...classes.filter(Boolean)].join(".");
  };
  const words = (element) => element.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
  const hides = (style, axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);
  const scrolls = (style, axis) => ["auto", "scroll"].includes(style[`overflow${axis}`]);
  // Text that is cut with dots may be read whole where something says it: a title, or the page that it links to.
  const told = (element) => element.closest("[title], a[href], [aria-label], [data-copy]") !== null;

  const say = (element, fault) => {
    const sentence = `${name(element)} “${words(element)}” ${fault}`;
    if (!found.includes(sentence)) found.push(sentence);
  };

  // The edges that cut an element off, and whether a scroll bar leads to what lies beyond them.
  const cutters = (element) => {
    const edges = [];
    for (let outer = element; outer && outer !== document.body; outer = outer.parentElement) {
      const style = getComputedStyle(outer);
      if (scrolls(style, "X")) break;
      if (hides(style, "X")) edges.push(outer);
      if (style.position === "fixed") break;
    }
    return edges;
  };

  const judge = (element) => {
    const style = getComputedStyle(element);
    if (hides(style, "X") && element.scrollWidth > element.clientWidth + SLACK) {
      if (style.textOverflow !== "ellipsis") say(element, "is cut off at its side");
      else if (!told(element)) say(element, "is shortened, and nothing tells the whole of it");
    }
    if (hides(style, "Y") && element.scrollHeight > element.clientHeight + 4 && !told(element)) {
      if (style.webkitLineClamp === "none") say(element, "is cut off at its foot");
    }
  };

  const judgeText = (text, element) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    let box = element;
    while (box.parentElement && getComputedStyle(box).display === "inline") box = box.parentElement;
    const style = getComputedStyle(box);
    if (hides(style, "X") && style.textOverflow === "ellipsis") return;
    const inside = box.getBoundingClientRect();
    // Spaces at the end of a line of kept text hang over.
    const slack = style.whiteSpaceCollapse === "preserve" ? 16 : SLACK;
    for (const line of range.getClientRects()) {
      if (line.width < 2) continue;
      if (!scrolls(style, "X") && (line.right > inside.right + slack || line.left < inside.left - slack)) {
        return say(element, "runs over its box");
      }
      for (const edge of cutters(box.parentElement)) {
        const limit = edge.getBoundingClientRect();
        if (line.right > limit.right + slack || line.left < limit.left - slack) {
          return say(element, `is cut off by ${name(edge)}`);
        }
      }
    }
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || !element || ["SCRIPT", "STYLE", "OPTION", "TEMPLATE"].includes(element.nodeName)) continue;
    if (!shown(element) || element.closest("svg, [aria-hidden=true]")) continue;
    judge(element);
    judgeText(text, element);
  }

  const pen = document.createElement("canvas").getContext("2d");
  for (const input of document.querySelectorAll("input[placeholder], select")) {
    if (!shown(input) || (input.value && input.localName === "input")) continue;
    const style = getComputedStyle(input);
    pen.font = style.font;
    const room = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const written = input.localName === "select" ? input.selectedOptions[0]?.text ?? "" : input.placeholder;
    if (style.textOverflow !== "ellipsis" && pen.measureText(written).width > room + SLACK) {
      found.push(`${name(input)} has no room for “${written}”`);
    }
  }
  return found;
};
