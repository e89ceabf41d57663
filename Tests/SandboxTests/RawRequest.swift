import Foundation
import Glibc

/// Sends a GET with a Host header of its own, which a proper client would not, and gives the status.
func rawStatus(port: Int, path: String, host: String) -> Int? {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = UInt16(port).bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  let connected = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }
  guard connected == 0 else { return nil }
  let bytes = Array("GET \(path) HTTP/1.1\r\nhost: \(host)\r\nconnection: close\r\n\r\n".utf8)
  guard write(descriptor, bytes, bytes.count) == bytes.count else { return nil }
  var buffer = [UInt8](repeating: 0, count: 64)
  let count = read(descriptor, &buffer, buffer.count)
  let line = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
  return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
}
