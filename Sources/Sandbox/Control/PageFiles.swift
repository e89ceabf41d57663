import Foundation

/// The page's files, read once from the bundle.
struct PageFiles: Sendable {
  enum Missing: Error { case file(String) }

  private let files: [String: Reply]

  private static let kinds = [
    "index.html": "text/html; charset=utf-8", "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8", "blocks.js": "text/javascript; charset=utf-8",
    "side.js": "text/javascript; charset=utf-8",
  ]

  /// Nothing comes from elsewhere and no script stands in the markup, so that no text of a lead can become one.
  private static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

  init() throws(Missing) {
    var files: [String: Reply] = [:]
    for (name, kind) in Self.kinds {
      guard let url = Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Page"),
        let data = try? Data(contentsOf: url)
      else { throw .file(name) }
      files["/" + name] = Reply(
        status: 200,
        headers: [
          ("content-type", kind), ("cache-control", "no-store"), ("content-security-policy", Self.policy),
          ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"),
        ], body: data)
    }
    self.files = files
  }

  func answer(_ inbound: Inbound) -> Reply {
    let path = inbound.path == "/" ? "/index.html" : inbound.path
    guard inbound.method == "GET" else { return .text("GET only", status: 405) }
    return files[path] ?? .text("not found", status: 404)
  }
}
