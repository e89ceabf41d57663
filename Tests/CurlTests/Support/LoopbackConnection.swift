import Foundation
import Glibc

struct LoopbackRequest: Sendable, Equatable {
  /// Request line and headers, without the empty line.
  var head: String
  var body: Data

  func header(_ name: String) -> String? {
    for line in head.components(separatedBy: "\r\n").dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts[0].lowercased() == name.lowercased() {
        return parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
      }
    }
    return nil
  }
}

/// The server's end of one connection.
struct LoopbackConnection: Sendable {
  let socket: Int32
  let note: @Sendable (LoopbackRequest) -> Void

  /// The next request, noted by the server; nil when the client has closed. Clients here never send ahead.
  func readRequest() -> LoopbackRequest? {
    var bytes = Data()
    while let chunk = read() {
      bytes += chunk
      guard let end = bytes.firstRange(of: Data("\r\n\r\n".utf8)) else { continue }
      var request = LoopbackRequest(head: String(decoding: bytes[..<end.lowerBound], as: UTF8.self), body: Data())
      let length = Int(request.header("Content-Length") ?? "0") ?? 0
      while bytes.count < end.upperBound + length, let more = read() { bytes += more }
      request.body = Data(bytes[end.upperBound...])
      note(request)
      return request
    }
    return nil
  }

  /// False: the client is gone.
  @discardableResult func send(_ bytes: Data) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  @discardableResult func send(_ text: String) -> Bool { send(Data(text.utf8)) }

  func answer(_ status: String = "200 OK", headers: [String] = [], body: Data = Data()) {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
    send(Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
  }

  /// Answers every request with its own body.
  func echo() {
    while let request = readRequest() { answer(body: request.body) }
  }

  /// Reads and says nothing until the client has had enough.
  func listenInSilence() {
    while read() != nil {}
  }

  /// One byte every few milliseconds for as long as the client takes it.
  func drip() {
    var none = pollfd()
    while send("x") { poll(&none, 0, 10) }
  }

  /// The connection ends with a reset instead of an orderly end.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  private func read() -> Data? {
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let count = recv(socket, &buffer, buffer.count, 0)
    return count > 0 ? Data(buffer[..<count]) : nil
  }
}
