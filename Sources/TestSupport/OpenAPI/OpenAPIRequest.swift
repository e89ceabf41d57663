import Foundation
import RevOps

/// A request as it went out, to be judged by a document.
public struct OpenAPIRequest: Sendable {
  public var method: String
  /// Below the server's address, still percent-encoded: "/crm/owners/2026-09".
  public var path: String
  public var query: [(name: String, value: String)]
  /// Names in any case.
  public var headers: [(name: String, value: String)]
  public var body: Data?

  public init(
    method: String, path: String, query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = [], body: Data? = nil
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// - Parameters:
  ///   - url: the whole address.
  ///   - base: the part of it in front of the document's paths, as "https://api.openai.com/v1".
  public init(
    method: String, url: String, below base: String, headers: [(name: String, value: String)], body: Data?
  ) {
    let whole = url.hasPrefix(base) ? String(url.dropFirst(base.count)) : url
    let parts = whole.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let pairs = parts.count > 1 ? parts[1].split(separator: "&") : []
    self.init(
      method: method, path: "/" + (parts.first ?? "").drop { $0 == "/" }, query: pairs.map(Self.pair),
      headers: headers, body: body)
  }

  private static func pair(_ text: Substring) -> (name: String, value: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (decoded(parts[0]), parts.count > 1 ? decoded(parts[1]) : "")
  }

  private static func decoded(_ text: Substring) -> String {
    text.replacing("+", with: " ").removingPercentEncoding ?? String(text)
  }

  func header(_ name: String) -> String? {
    headers.first { $0.name.caseInsensitiveCompare(name) == .orderedSame }?.value
  }

  var contentType: String? {
    header("Content-Type")?.split(separator: ";").first.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
  }
}
