import RevOps
import Yams

/// Reads one YAML 1.2 (or JSON) document into a tree with places. Only the syntax is Yams'; what a scalar means is
/// decided here, by the 1.2 core schema.
struct YAMLReader {
  private let report: Report
  private var nodes = 0

  /// Deeper than any configuration that makes sense.
  private static let maximumDepth = 32
  /// Aliases may multiply a small file: this is what they may come to.
  private static let maximumNodes = 500_000

  init(_ report: Report) { self.report = report }

  /// Nil when the file cannot be read as a document; the report says why. An empty document is an empty map.
  static func read(_ report: Report) -> ConfigNode? {
    guard NestingGuard.accepts(report.file.text) else {
      report.error(line: 1, column: 1, "values are nested far too deeply", suggestion: "32 levels are the most")
      return nil
    }
    guard let (root, marks) = DuplicateKeys.compose(report) else { return nil }
    let empty = ConfigNode(content: .map([]), line: 1, column: 1)
    guard let root else { return empty }
    var reader = YAMLReader(report)
    let tree = reader.convert(root, depth: 0, marks)
    return tree?.isNull == true ? empty : tree
  }

  private mutating func convert(_ node: Node, depth: Int, _ marks: DuplicateKeys) -> ConfigNode? {
    let place = marks.place(of: node)
    nodes += 1
    guard depth <= Self.maximumDepth, nodes <= Self.maximumNodes else {
      return refuse(place, depth > Self.maximumDepth ? "nested too deeply" : "aliases make the file too large")
    }
    let content: ConfigNode.Content? =
      switch node {
      case .scalar(let scalar): scalarContent(scalar, place)
      case .sequence(let items): listContent(Array(items), depth, marks)
      case .mapping(let map): mapContent(map, depth, marks)
      case .alias: nil  // Yams resolves them while it composes.
      }
    return content.map { ConfigNode(content: $0, line: place.line, column: place.column) }
  }

  private func refuse(_ place: (line: Int, column: Int), _ message: String) -> ConfigNode? {
    report.error(line: place.line, column: place.column, message)
    return nil
  }

  private func scalarContent(_ scalar: Node.Scalar, _ place: (line: Int, column: Int)) -> ConfigNode.Content? {
    let tag = scalar.tag.description
    guard ["", "!", "tag:yaml.org,2002:str"].contains(tag) else {
      report.error(
        line: place.line, column: place.column, "the tag `\(ConfigNode.short(tag))` is not used here",
        suggestion: "leave it out")
      return .scalar(scalar.string, isPlain: false)
    }
    return .scalar(scalar.string, isPlain: scalar.style == .plain && tag.isEmpty)
  }

  private mutating func listContent(_ items: [Node], _ depth: Int, _ marks: DuplicateKeys) -> ConfigNode.Content? {
    var list: [ConfigNode] = []
    for item in items {
      guard let node = convert(item, depth: depth + 1, marks) else { return nil }
      list.append(node)
    }
    return .list(list)
  }

  private mutating func mapContent(_ map: Node.Mapping, _ depth: Int, _ marks: DuplicateKeys) -> ConfigNode.Content? {
    var entries: [ConfigNode.Entry] = []
    for (key, value) in map where !marks.isExtra(key) {
      guard let name = key.scalar?.string else {
        let place = marks.place(of: key)
        report.error(line: place.line, column: place.column, "a key must be a plain name, not a list or a map")
        continue
      }
      guard let value = convert(value, depth: depth + 1, marks) else { return nil }
      let place = marks.place(of: key)
      let key = ConfigNode(content: .scalar(name, isPlain: false), line: place.line, column: place.column)
      entries.append(ConfigNode.Entry(key: key, value: value))
    }
    return .map(entries)
  }
}

/// Keeps a file with absurd nesting away from the parser, which recurses. Counts roughly, and far above what is allowed.
enum NestingGuard {
  private static let limit = 400

  static func accepts(_ text: String) -> Bool {
    var brackets = 0
    var indicators = 0
    var indentation = 0
    var isLeading = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\n"): (indicators, indentation, isLeading) = (0, 0, true)
      case UInt8(ascii: " "): if isLeading { indentation += 1 }
      case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): if isLeading { indicators += 1 }
      default:
        isLeading = false
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { brackets += 1 }
        if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { brackets = max(0, brackets - 1) }
      }
      if brackets > limit || indicators > limit || indentation > limit { return false }
    }
    return true
  }
}
