import Foundation
import Glibc
import Synchronization

/// A product that answers every request as it is told and remembers what came: one blocking thread on a free port.
final class Listener: Sendable {
  struct Heard: Sendable {
    var path: String
    var headers: [String: String]
    var body: Data
  }

  let port: Int
  private let socket: Int32
  private let heardSoFar = Mutex<[Heard]>([])
  private let answers: Mutex<[String: String]>

  /// - Parameter answers: the JSON body by path; an empty 200 elsewhere. A body of digits alone is a status.
  init(_ answers: [String: String] = [:]) {
    self.answers = Mutex(answers)
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = socket
    port = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        _ = bind(descriptor, generic, size)
        _ = listen(descriptor, 16)
        _ = getsockname(descriptor, generic, &size)
      }
      return Int(UInt16(bigEndian: pointer.pointee.sin_port))
    }
    let serve: @Sendable () -> Void = { [weak self] in
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0, let self else { return }
        self.serve(connection)
        close(connection)
      }
    }
    Thread(block: serve).start()
  }

  deinit { stop() }

  func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

  var url: String { "http://127.0.0.1:\(port)" }
  var heard: [Heard] { heardSoFar.withLock { $0 } }

  func answer(_ path: String, _ body: String) { answers.withLock { $0[path] = body } }

  private func serve(_ connection: Int32) {
    var received = Data()
    while true {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else { return }
      received.append(contentsOf: buffer[0..<count])
      if let request = Self.request(received) { return reply(to: request, on: connection) }
    }
  }

  private func reply(to request: Heard, on connection: Int32) {
    heardSoFar.withLock { $0.append(request) }
    let body = answers.withLock { $0[request.path] } ?? ""
    let status = Int(body)
    let text = status == nil ? body : ""
    let head =
      "HTTP/1.1 \(status ?? 200) X\r\ncontent-type: application/json\r\nconnection: close\r\n"
      + "content-length: \(text.utf8.count)\r\n\r\n"
    let bytes = Array((head + text).utf8)
    _ = write(connection, bytes, bytes.count)
  }

  /// The request, once it is there whole.
  private static func request(_ received: Data) -> Heard? {
    guard let end = received.range(of: Data("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
    }
    let body = received[end.upperBound...]
    guard body.count >= Int(headers["content-length"] ?? "0") ?? 0 else { return nil }
    let path = lines[0].split(separator: " ").dropFirst().first ?? ""
    return Heard(path: String(path), headers: headers, body: Data(body))
  }
}
