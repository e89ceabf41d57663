import Foundation
import Mustache
import RevOps

/// One prompt file, from text to prompt.
struct PromptDecoder {
  private let file: SourceFile
  private let purpose: PromptPurpose
  private let report: Report
  private let text: PromptText
  /// Lines and excerpts of the settings are the file's own.
  private let settings: Report?

  init(_ file: SourceFile, purpose: PromptPurpose) {
    self.file = file
    self.purpose = purpose
    report = Report(file)
    text = PromptText(report)
    settings = text.settings.map { Report($0) }
  }

  var diagnostics: [Diagnostic] { report.diagnostics + (settings?.diagnostics ?? []) }

  /// Nil when there is an error; the diagnostics say which.
  func decode() -> Prompt? {
    let prompt = settings.flatMap { YAMLReader.read($0) }.flatMap { settings($0) }
    if let system = text.system { PromptTags(report: report).checkFixed(system) }
    let template = text.user.flatMap { PromptTags(report: report).template($0) }
    guard var prompt, let system = text.system, let template, !report.hasErrors, settings?.hasErrors == false else {
      return nil
    }
    prompt.system = system.text
    prompt.user = { lead in template.render(["lead": lead]) }
    return prompt
  }

  private static let keys = ["name", "temperature", "max_output_tokens", "max_lead_tokens", "schema"]

  private func settings(_ root: ConfigNode) -> Prompt? {
    guard let report = settings, let section = Section(root, "the settings", keys: Self.keys, report) else {
      return nil
    }
    let name = section.required("name").flatMap { self.name($0, report) }
    let output = section.whole("max_output_tokens", in: 16...100_000) ?? 800
    let lead = section.whole("max_lead_tokens", in: 100...100_000) ?? 1_500
    let temperature = section.number("temperature")
    if let temperature, let node = section["temperature"], !(ExactDecimal(0)...ExactDecimal(2)).contains(temperature) {
      report.error(node, "`temperature` must lie between 0 and 2, and \(temperature) does not")
    }
    guard let schema = section.required("schema").flatMap({ self.schema($0, report) }), let name else { return nil }
    return Prompt(
      name: name, version: Fingerprint.version(Data(file.text.utf8)), temperature: temperature,
      maxOutputTokens: output, maxLeadTokens: lead, schema: schema, system: "", user: { $0 })
  }

  private func name(_ node: ConfigNode, _ report: Report) -> String? {
    guard let name = report.text(node, "name") else { return nil }
    let isPlain =
      name.utf8.count <= 64 && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
    if isPlain { return name }
    report.error(node, "`name` must be at most 64 letters, digits, `_` and `-`")
    return nil
  }

  // MARK: Schema

  private func schema(_ node: ConfigNode, _ report: Report) -> JSONSchema? {
    do {
      let schema = try JSONSchema(node.json)
      for path in purpose.read where !Self.has(path[...], node) {
        report.error(
          node, "the schema lacks `\(path.joined(separator: "."))`, which is read from the answer",
          suggestion: "see the sample prompts")
      }
      return schema
    } catch {
      report.error(Self.place(error.path, node), "schema: " + error.message, suggestion: error.suggestion)
      return nil
    }
  }

  /// The node at a path, or the last one on the way there.
  private static func place(_ path: [String], _ node: ConfigNode) -> ConfigNode {
    guard let key = path.first, let entry = node.entries?.first(where: { $0.name == key }) else { return node }
    return place(Array(path.dropFirst()), path.count == 1 ? entry.key : entry.value)
  }

  private static func has(_ path: ArraySlice<String>, _ node: ConfigNode) -> Bool {
    guard let key = path.first else { return true }
    let entries = node.entries ?? []
    if key == "[]" {
      return entries.first { $0.name == "items" }.map { has(path.dropFirst(), $0.value) } ?? false
    }
    let members = entries.first { $0.name == "properties" }?.value.entries
    return members?.first { $0.name == key }.map { has(path.dropFirst(), $0.value) } ?? false
  }
}
