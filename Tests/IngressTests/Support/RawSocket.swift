import Foundation

/// Sends bytes that no client would, and reads until the server closes, or has
/// given the answers that are waited for.
enum RawSocket {
  /// What comes back when the server neither answers nor closes.
  static let stillOpen = "(still open)"
  /// Seconds; reached only by a test that fails.
  private static let patience = 20

  /// - Parameters:
  ///   - halfClose: whether the end of sending is told to the server.
  ///   - until: stops after so many answers, although the connection is open.
  static func exchange(_ bytes: String, port: Int, halfClose: Bool = true, until: Int = .max) async -> String {
    await withCheckedContinuation { caller in
      // A thread of its own: blocked threads of the shared pool would hold up the server itself.
      Thread.detachNewThread {
        caller.resume(returning: blocking(Array(bytes.utf8), port, halfClose, until))
      }
    }
  }

  /// How many answers there are in what came back.
  static func answers(_ text: String) -> Int { text.components(separatedBy: "HTTP/1.1 ").count - 1 }

  private static func blocking(_ bytes: [UInt8], _ port: Int, _ halfClose: Bool, _ until: Int) -> String {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return "no socket" }
    defer { close(descriptor) }
    guard connected(descriptor, port) else { return "no connection" }
    var wait = timeval(tv_sec: patience, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { break }
      sent += count
    }
    if halfClose { shutdown(descriptor, Int32(SHUT_WR)) }
    return received(descriptor, until)
  }

  private static func received(_ descriptor: Int32, _ until: Int) -> String {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0 && errno == EAGAIN { return stillOpen }
      if count > 0 { all += buffer[..<count] }
      let text = String(decoding: all, as: UTF8.self)
      if count <= 0 || answers(text) >= until { return text }
    }
  }

  private static func connected(_ descriptor: Int32, _ port: Int) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
