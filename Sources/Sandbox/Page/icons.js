// The few signs of the page, drawn as lines in the colour of the text around them.
const paths = {
  archive: "M3 4h14v4H3zM4.5 8v8h11V8M8 11h4",
  bolt: "M11 2.5L4.5 11.5h4.5l-1 6 7-9.5H10z",
  close: "M5 5l10 10M15 5L5 15",
  envelope: "M3 5h14v10H3zM3 5.5l7 5.5 7-5.5",
  eye: "M2 10c2-3.5 4.8-5.2 8-5.2s6 1.7 8 5.2c-2 3.5-4.8 5.2-8 5.2S4 13.5 2 10zM10 7.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8z",
  hash: "M8 3L6.5 17M13.5 3L12 17M3.5 7.5h13.5M3 12.5h13.5",
  house: "M3 9.5L10 3.5l7 6M5 8.5V16.5h3.8v-4.5h2.4v4.5H15V8.5",
  person: "M10 3a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3.5 17c.6-3.4 2.9-5 6.5-5s5.9 1.6 6.5 5",
  send: "M3.5 16.5l14-6.5-14-6.5 2 6.5zM5.5 10h6",
  speech: "M3 4h14v10h-7.5L5.5 17v-3H3z",
  warning: "M10 3l7.5 13.5h-15zM10 8v4M10 14v.5",
};

const space = "http://www.w3.org/2000/svg";

export function icon(name) {
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", "0 0 20 20");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", paths[name]);
  picture.append(line);
  return picture;
}
