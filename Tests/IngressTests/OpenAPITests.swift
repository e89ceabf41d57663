import Foundation
import Ingress
import Testing
import VendorAPI

@Suite("manifest/openapi.yaml")
struct OpenAPITests {
  /// The operations of the document, `GET /health`, read by its indentation: paths at two blanks, methods at four.
  static func documented() throws -> Set<String> {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "manifest/openapi.yaml"), encoding: .utf8)
    var operations: Set<String> = []
    var path = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("  /"), line.hasSuffix(":") { path = String(line.dropFirst(2).dropLast()) }
      let method = line.trimmingCharacters(in: CharacterSet(charactersIn: " :"))
      if line.hasPrefix("    "), !line.hasPrefix("     "), ["get", "post", "put", "delete", "patch"].contains(method) {
        operations.insert(method.uppercased() + " " + path)
      }
    }
    return operations
  }

  @Test("It describes exactly the routes there are")
  func complete() throws {
    #expect(try Self.documented() == Set(Route.allCases.map { $0.method + " " + $0.pattern }))
  }

  @Test("Every described path is answered by its route")
  func answered() async throws {
    let operations = try Self.documented()
    try await Server.run { server async throws in
      for operation in operations {
        let parts = operation.split(separator: " ")
        let path = parts[1].replacing("{id}", with: "p07-01JD0000000000000000000000")
        let answer = try await server.send(parts[0] == "GET" ? .get : .post, String(path))
        // Without a credential: 401, or 503 where nothing is configured; what is no route would be 404 or 405.
        #expect(![404, 405].contains(answer.status), "\(operation)")
      }
    }
  }
}
