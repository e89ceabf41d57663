import Mustache

/// What a prompt may have filled in: a lead's data, once, in the user message.
struct PromptTags {
  let report: Report

  /// The system message is the same for every lead, or no service could keep it at hand.
  func checkFixed(_ part: PromptText.Part) {
    guard let tag = Self.tags(in: part).first else { return }
    report.error(
      line: tag.line, column: tag.column, "the system message is the same for every lead: nothing is filled in here",
      suggestion: "move it to the part `# User`")
  }

  /// Nil, and reported, when it can't be rendered.
  func template(_ part: PromptText.Part) -> MustacheTemplate? {
    let tags = Self.tags(in: part)
    for tag in tags where !tag.isComment { check(tag) }
    let data = tags.count { $0.braces == 3 && $0.name == "lead" }
    if data != 1 {
      report.error(
        line: part.line, column: 1,
        data == 0 ? "the lead's data is missing" : "the lead's data is filled in \(data) times",
        suggestion: "write `{{{lead}}}` once")
    }
    do {
      return try MustacheTemplate(string: part.text)
    } catch let error as MustacheTemplate.ParserError {
      report.error(
        line: part.line + error.context.lineNumber - 1, column: error.context.columnNumber,
        "the template can't be read: \(error.error)", suggestion: "close every `{{` with `}}`")
    } catch {
      report.error(line: part.line, column: 1, "the template can't be read: \(error)")
    }
    return nil
  }

  private func check(_ tag: Tag) {
    if tag.name != "lead" {
      report.error(
        line: tag.line, column: tag.column, "there is nothing called `\(ConfigNode.short(tag.name))` to fill in",
        suggestion: Suggestion.nearest(to: tag.name, in: ["lead"]) ?? "the lead's data is `{{{lead}}}`")
    } else if tag.braces == 2 {
      report.error(
        line: tag.line, column: tag.column, "two braces would change the quotation marks of the data",
        suggestion: "write `{{{lead}}}`")
    }
  }

  private struct Tag {
    var name: String
    var braces: Int
    var line: Int
    var column: Int
    var isComment: Bool
  }

  private static func tags(in part: PromptText.Part) -> [Tag] {
    var tags: [Tag] = []
    for (offset, line) in part.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      var rest = line[...]
      while let start = rest.firstRange(of: "{{")?.lowerBound {
        let braces = rest[start...].prefix { $0 == "{" }.count
        let inside = rest[start...].dropFirst(braces)
        let name = inside.prefix { $0 != "}" }
        let plain = name.drop { " #^/&>$<".contains($0) }.split(separator: " ").first ?? ""
        tags.append(
          Tag(
            name: String(plain), braces: min(braces, 3), line: part.line + offset,
            column: line.distance(from: line.startIndex, to: start) + 1, isComment: inside.first == "!"))
        rest = rest[name.endIndex...]
      }
    }
    return tags
  }
}
