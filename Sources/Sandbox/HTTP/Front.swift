import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The one port: sends each request to the service, the control or the page that its path names.
struct Front: HTTPResponder {
  typealias Context = SandboxContext

  let world: World
  let control: ControlRoutes
  let page: PageFiles

  private static let largestBody = 4 * 1024 * 1024

  func respond(to request: Request, context: SandboxContext) async throws -> Response {
    let body = try await request.body.collect(upTo: Self.largestBody)
    let inbound = Front.inbound(request, body, now: world.now())
    if let target = ServiceTarget(inbound) {
      return try await ServiceDesk(world: world).respond(target, inbound, context.channel)
    }
    guard Loopback.allows(inbound) else { return Front.response(.text("loopback only", status: 403)) }
    if inbound.path == "/sandbox/events" { return control.events() }
    if inbound.segments.first == "sandbox" { return Front.response(await control.answer(inbound)) }
    return Front.response(page.answer(inbound))
  }

  private static func inbound(_ request: Request, _ body: ByteBuffer, now: Date) -> Inbound {
    let whole = request.head.path ?? "/"
    let parts = whole.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = String(parts.first ?? "/")
    var headers: [String: String] = [:]
    for field in request.headers { headers[field.name.canonicalName] = field.value }
    headers["host"] = request.head.authority
    var segments = path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
    var caller: String?
    // Instances of the product that share the services are told apart by the addresses that they were given.
    if segments.count > 2, segments[0] == "from" {
      caller = segments[1]
      segments.removeFirst(2)
    }
    return Inbound(
      method: request.method.rawValue, segments: segments, path: path,
      query: parts.count > 1 ? FormCoding.decode(String(parts[1])) : [], headers: headers,
      body: Data(body.readableBytesView), now: now, caller: caller)
  }

  static func response(_ reply: Reply) -> Response {
    var headers = HTTPFields()
    for header in reply.headers {
      if let name = HTTPField.Name(header.name) { headers[name] = header.value }
    }
    return Response(
      status: .init(code: reply.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: reply.body)))
  }
}

/// Control and page answer only those who came by a loopback name: no page elsewhere can reach them by a name of its own.
enum Loopback {
  static func allows(_ inbound: Inbound) -> Bool {
    guard let host = inbound.headers["host"] else { return false }
    let name = host.hasPrefix("[") ? host : String(host.prefix { $0 != ":" })
    return ["127.0.0.1", "localhost"].contains(name) || name.hasPrefix("[::1]")
  }
}
