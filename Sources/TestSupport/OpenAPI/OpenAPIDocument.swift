import Foundation
import RevOps

/// What a service documents of the requests to it, and which requests depart from it.
///
/// Stricter than JSON Schema in one respect: an object whose properties are listed takes no others, unless the document
/// says that it does. A misspelt field would else pass.
public struct OpenAPIDocument: Sendable {
  private let root: JSONValue
  private let templates: [PathTemplate]

  public init(_ document: Data) throws {
    root = try JSONDecoder().decode(JSONValue.self, from: document)
    // A literal path goes before one with placeholders.
    templates = (root["paths"]?.object?.members ?? []).map { PathTemplate($0.key, $0.value) }
      .sorted { $0.placeholders < $1.placeholders }
  }

  /// One of the excerpts in Tests/Fixtures/OpenAPI.
  public enum Excerpt: String, Sendable {
    case hubspot, openai, pinecone
  }

  public init(_ excerpt: Excerpt) throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let project = sources.deletingLastPathComponent().deletingLastPathComponent()
    try self.init(Data(contentsOf: project.appending(path: "Tests/Fixtures/OpenAPI/\(excerpt.rawValue).json")))
  }

  /// In what a request departs from the document; empty: in nothing.
  public func violations(of request: OpenAPIRequest) -> [String] {
    let method = request.method.lowercased()
    let matching = templates.filter { $0.matches(request.path) }
    guard let template = matching.first(where: { $0.item[method] != nil }), let operation = template.item[method] else {
      return [
        matching.isEmpty
          ? "no such path: \(request.path)" : "\(request.method) is not documented for \(request.path)"
      ]
    }
    let parameters = ((template.item["parameters"]?.array ?? []) + (operation["parameters"]?.array ?? []))
      .map(resolved)
    let faults =
      Parameters(parameters, check).violations(of: request) + bodyViolations(of: request, operation["requestBody"])
    return faults.map { "\(request.method) \(template.text): \($0)" }
  }

  private var check: SchemaCheck { SchemaCheck(root: root) }

  private func resolved(_ value: JSONValue) -> JSONValue { check.resolved(value) }

  private func bodyViolations(of request: OpenAPIRequest, _ declared: JSONValue?) -> [String] {
    let body = request.body.flatMap { $0.isEmpty ? nil : $0 }
    guard let declared = declared.map(resolved) else { return body == nil ? [] : ["takes no body"] }
    guard let body else { return declared["required"]?.bool == true ? ["the body is missing"] : [] }
    let type = request.contentType ?? "none"
    guard let schema = declared["content"]?[type]?["schema"] else { return ["content type \(type)"] }
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: body) else { return ["the body is not JSON"] }
    return check.violations(of: value, schema, at: "body")
  }
}

/// A path of a document, as "/crm/owners/{id}".
struct PathTemplate: Sendable {
  var text: String
  var item: JSONValue
  private let segments: [Substring]

  init(_ text: String, _ item: JSONValue) {
    self.text = text
    self.item = item
    segments = text.split(separator: "/")
  }

  var placeholders: Int { segments.count { Self.isPlaceholder($0) } }

  func matches(_ path: String) -> Bool {
    let given = path.split(separator: "/")
    return given.count == segments.count
      && zip(segments, given).allSatisfy { Self.isPlaceholder($0) || $0 == $1 }
  }

  private static func isPlaceholder(_ segment: Substring) -> Bool { segment.hasPrefix("{") && segment.hasSuffix("}") }
}

/// The parameters of an operation.
private struct Parameters {
  private let declared: [JSONValue]
  private let check: SchemaCheck

  init(_ declared: [JSONValue], _ check: SchemaCheck) {
    self.declared = declared
    self.check = check
  }

  func violations(of request: OpenAPIRequest) -> [String] {
    let unknown = Set(request.query.map(\.name)).subtracting(names(in: "query")).sorted()
    return unknown.map { "unknown query parameter \($0)" } + declared.flatMap { faults($0, request) }
  }

  private func names(in place: String) -> [String] {
    declared.filter { $0["in"]?.string == place }.compactMap { $0["name"]?.string }
  }

  private func faults(_ parameter: JSONValue, _ request: OpenAPIRequest) -> [String] {
    guard let name = parameter["name"]?.string else { return [] }
    let values: [String]
    switch parameter["in"]?.string {
    case "query": values = request.query.filter { $0.name == name }.map(\.value)
    case "header": values = request.header(name).map { [$0] } ?? []
    default: return []
    }
    guard !values.isEmpty else { return parameter["required"]?.bool == true ? ["\(name) is missing"] : [] }
    return values.flatMap { check.violations(ofText: $0, parameter["schema"] ?? .null, at: name) }
  }
}
