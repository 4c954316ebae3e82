// The interface's own words in Vietnamese and English.

const STRINGS = {
  title: ["Đồ thị tin tức", "News graph"],
  skip: ["Đến nội dung chính", "Skip to content"],
  summary: ["{e} thực thể · {s} phát biểu · {a} bài báo", "{e} entities · {s} statements · {a} articles"],
  views: ["Cách xem", "Views"],
  graph: ["Đồ thị", "Graph"],
  table: ["Bảng", "Table"],
  timeline: ["Dòng thời gian", "Timeline"],
  filters: ["Bộ lọc", "Filters"],
  details: ["Chi tiết", "Details"],
  close: ["Đóng", "Close"],
  search: ["Tìm tên, chức vụ, câu trích…", "Find a name, an office, a quote…"],
  searchLabel: ["Tìm trong đồ thị", "Search the graph"],
  quotes: ["Câu trích", "Quotes"],
  noResult: ["Không tìm thấy", "Nothing found"],
  results: ["{n} kết quả", "{n} results"],
  language: ["English", "Tiếng Việt"],
  dark: ["Nền tối", "Dark"],
  light: ["Nền sáng", "Light"],
  classes: ["Loại thực thể", "Kinds of entity"],
  relations: ["Quan hệ", "Relations"],
  modality: ["Mức độ xác nhận", "Status"],
  outlets: ["Nguồn tin", "Sources"],
  noOutlet: ["Không ghi nguồn", "No source given"],
  minSources: ["Ít nhất {n} nguồn độc lập", "At least {n} independent sources"],
  minSourcesLabel: ["Số nguồn độc lập tối thiểu", "Minimum number of independent sources"],
  minOne: ["Mọi phát biểu", "All statements"],
  time: ["Thời gian", "Time"],
  from: ["Từ", "From"],
  to: ["Đến", "To"],
  play: ["Chạy theo thời gian", "Play through time"],
  stop: ["Dừng", "Stop"],
  timeNote: [
    "Theo ngày của sự kiện; nếu không rõ thì theo ngày đăng bài.",
    "By the day of the event, or of publication where the text gives none.",
  ],
  all: ["Bỏ mọi bộ lọc", "Clear all filters"],
  only: ["Chỉ", "Only"],
  onlyThis: ["Chỉ {name}", "Only {name}"],
  asserted: ["Đã xảy ra", "Asserted"],
  planned: ["Dự kiến", "Planned"],
  negated: ["Phủ nhận", "Denied"],
  saidBy: ["Theo lời", "Said by"],
  place: ["Nơi", "Place"],
  amount: ["Số tiền, số lượng", "Amount"],
  field: ["Nội dung", "Subject matter"],
  role: ["Vai trò", "Role"],
  level: ["Mức độ", "Level"],
  occasion: ["Dịp", "Occasion"],
  date: ["Ngày", "Date"],
  sources: ["{n} nguồn độc lập", "{n} independent sources"],
  oneSource: ["1 nguồn", "1 source"],
  published: ["đăng ngày {d}", "published {d}"],
  aliases: ["Còn gọi là", "Also"],
  statementsN: ["{n} phát biểu", "{n} statements"],
  quantities: ["Con số", "Figures"],
  more: ["Hiện thêm {n}", "Show {n} more"],
  focusOn: ["Chỉ xem lân cận", "Show neighbourhood"],
  addFocus: ["Thêm vào lân cận", "Add to neighbourhood"],
  depth: ["Số bước", "Steps"],
  expand: ["Mở rộng", "Expand"],
  collapse: ["Thu gọn", "Collapse"],
  pin: ["Ghim", "Pin"],
  unpin: ["Bỏ ghim", "Unpin"],
  pathFrom: ["Tìm đường đi từ đây…", "Find a path from here…"],
  pathPick: ["Chọn đích cho đường đi từ {name}: tìm tên hoặc bấm vào đồ thị.", "Choose where the path from {name} leads: search or click."],
  pathTitle: ["Từ {a} đến {b}", "From {a} to {b}"],
  pathSteps: ["{n} bước, mỗi bước một câu", "{n} steps, a sentence for each"],
  pathNone: ["Không có đường đi giữa hai thực thể trong phạm vi đang lọc.", "No path between the two under the present filters."],
  cancel: ["Hủy", "Cancel"],
  whole: ["Xem toàn bộ", "Show everything"],
  focusTrail: ["Lân cận {n} bước của {names}", "Within {n} steps of {names}"],
  cut: ["chỉ hiện những thực thể quan trọng nhất", "the most important entities only"],
  pathTrail: ["Đường đi {a} → {b}", "Path {a} → {b}"],
  overview: ["Toàn cảnh", "Overview"],
  hint: [
    "Bấm vào một điểm hoặc một đường nối để đọc câu chứng minh.",
    "Click a point or a line to read the sentence that proves it.",
  ],
  central: ["Được nhắc đến nhiều nhất", "Most mentioned"],
  supported: ["Được nhiều nguồn xác nhận", "Best supported"],
  pinned: ["Đã ghim", "Pinned"],
  between: ["{a} và {b}", "{a} and {b}"],
  drawnNote: [
    "Vẽ {n} thực thể nhiều liên kết nhất trong số {m}. Tìm kiếm và mở rộng để thấy những thực thể khác.",
    "The {n} best connected of {m} entities are drawn. Search and expand to reach the others.",
  ],
  heldNote: [
    "Tệp này giữ {h} trong số {m} thực thể, vẽ {n} thực thể nhiều liên kết nhất.",
    "This file holds {h} of {m} entities and draws the {n} best connected ones.",
  ],
  zoomIn: ["Phóng to", "Zoom in"],
  zoomOut: ["Thu nhỏ", "Zoom out"],
  fit: ["Vừa khung", "Fit"],
  download: ["Tải về", "Download"],
  picture: ["Ảnh PNG", "PNG picture"],
  vector: ["Ảnh SVG", "SVG drawing"],
  csv: ["Bảng CSV", "CSV table"],
  turtle: ["Turtle (RDF)", "Turtle (RDF)"],
  copyCsv: ["Chép CSV", "Copy CSV"],
  copyTurtle: ["Chép Turtle", "Copy Turtle"],
  copyLink: ["Chép liên kết", "Copy link"],
  print: ["In", "Print"],
  copied: ["Đã chép vào bộ nhớ tạm", "Copied to the clipboard"],
  saved: ["Đã tải {name}", "Saved {name}"],
  copyFailed: ["Trình duyệt không cho chép. Hãy chọn và chép: ", "The browser does not allow copying. Select and copy: "],
  subject: ["Chủ thể", "Subject"],
  relation: ["Quan hệ", "Relation"],
  object: ["Đối tượng", "Object"],
  detail: ["Chi tiết", "Details"],
  sourceCount: ["Nguồn", "Sources"],
  quote: ["Câu trích", "Quote"],
  sortBy: ["Sắp xếp theo {name}", "Sort by {name}"],
  tableCaption: ["{n} phát biểu trong phạm vi đang xem", "{n} statements in the present selection"],
  empty: ["Không có phát biểu nào phù hợp với bộ lọc.", "No statement matches the filters."],
  undated: ["Không rõ ngày", "No date"],
  undatedNote: ["Ngày đăng bài, vì câu không nêu ngày", "Day of publication; the sentence gives no date"],
  correct: ["Sửa lỗi", "Correct"],
  wrong: ["Phát biểu này sai", "This is wrong"],
  same: ["Trùng với thực thể khác…", "Same as another entity…"],
  samePick: ["Chọn thực thể trùng với {name}: tìm tên hoặc bấm vào đồ thị.", "Choose the entity that is the same as {name}: search or click."],
  sameCopied: [
    "Đã chép dòng “cùng một thực thể”. Dán vào tệp sửa lỗi.",
    "Copied the “same” line. Paste it into the corrections file.",
  ],
  wrongCopied: ["Đã chép dòng sửa lỗi. Dán vào tệp sửa lỗi.", "Copied the line. Paste it into the corrections file."],
  canvasLabel: [
    "Đồ thị: {n} thực thể, {p} đường nối. Phím mũi tên để di chuyển, + và − để phóng to, thu nhỏ.",
    "Graph: {n} entities, {p} links. Arrow keys move, + and − zoom.",
  ],
  canvasText: [
    "Đang hiện {n} thực thể và {s} phát biểu. Nhiều liên kết nhất: {top}. Dạng bảng và dòng thời gian có cùng nội dung ở dạng chữ.",
    "{n} entities and {s} statements are shown. Best connected: {top}. Table and timeline hold the same content as text.",
  ],
};

let position = 0;

export function language() {
  return position === 0 ? "vi" : "en";
}

export function setLanguage(code) {
  position = code === "en" ? 1 : 0;
}

export function t(key, values = {}) {
  return STRINGS[key][position].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

export function termLabel(term) {
  return term[language()];
}

const NUMBERS = [new Intl.NumberFormat("vi-VN"), new Intl.NumberFormat("en-GB")];

export function number(value) {
  return NUMBERS[position].format(value);
}

// "2025-11-15" as "15/11/2025" or "15 Nov 2025"; months, years and intervals likewise.
export function dateText(iso) {
  if (iso.includes("/")) {
    const [start, end] = iso.split("/");
    return `${start === ".." ? "…" : dateText(start)} – ${end === ".." ? "…" : dateText(end)}`;
  }
  const [year, month, day] = iso.split("-");
  if (!month) return year;
  if (language() === "vi") return day ? `${day}/${month}/${year}` : `${month}/${year}`;
  const names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const name = names[Number(month) - 1] ?? month;
  return day ? `${Number(day)} ${name} ${year}` : `${name} ${year}`;
}
