import Foundation

/// The page's files, read once from the bundle.
struct PageFiles: Sendable {
  enum Missing: Error { case file(String) }

  private let files: [String: Reply]

  private static let kinds = [
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
  ]

  /// Nothing comes from elsewhere and no script stands in the markup, so that no text of a lead can become one.
  private static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

  init() throws(Missing) {
    var files: [String: Reply] = [:]
    guard let folder = Bundle.module.url(forResource: "Page", withExtension: nil),
      let urls = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    else { throw .file("Page") }
    for url in urls {
      guard let kind = Self.kinds[url.pathExtension] else { continue }
      guard let data = try? Data(contentsOf: url) else { throw .file(url.lastPathComponent) }
      files["/" + url.lastPathComponent] = Self.reply(kind, data)
    }
    guard files["/index.html"] != nil else { throw .file("index.html") }
    self.files = files
  }

  private static func reply(_ kind: String, _ data: Data) -> Reply {
    Reply(
      status: 200,
      headers: [
        ("content-type", kind), ("cache-control", "no-store"), ("content-security-policy", policy),
        ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"),
      ], body: data)
  }

  func answer(_ inbound: Inbound) -> Reply {
    let path = inbound.path == "/" ? "/index.html" : inbound.path
    guard inbound.method == "GET" else { return .text("GET only", status: 405) }
    return files[path] ?? .text("not found", status: 404)
  }
}
