import Foundation
import Glibc
import VendorAPI

@testable import Curl

/// A server on plain sockets that does exactly what a test's script says: each connection has a thread that runs it.
final class LoopbackServer: Sendable {
  private struct State {
    var open: Set<Int32> = []
    var connections = 0
    var closed = 0
    var requests: [LoopbackRequest] = []
    var isStopped = false
  }

  let port: UInt16
  private let listener: Int32
  private let state = Locked(State())

  init(_ script: @escaping @Sendable (LoopbackConnection) -> Void) throws {
    (listener, port) = try Self.bindSocket()
    guard listen(listener, 1024) == 0 else { throw POSIXError(.EADDRINUSE) }
    let listener = listener
    Thread.detachNewThread { [weak self, state] in
      while let socket = Self.accept(on: listener) {
        let isWelcome = state.withLock { state in
          guard !state.isStopped else { return false }
          state.open.insert(socket)
          state.connections += 1
          return true
        }
        guard isWelcome, self != nil else { close(socket); continue }
        Thread.detachNewThread {
          script(LoopbackConnection(socket: socket) { request in state.withLock { $0.requests.append(request) } })
          state.withLock { state in
            state.open.remove(socket)
            state.closed += 1
            close(socket)
          }
        }
      }
      close(listener)
    }
  }

  deinit {
    state.withLock { state in
      state.isStopped = true
      // Ends the reads that their threads are in.
      for socket in state.open { Glibc.shutdown(socket, Int32(SHUT_RDWR)) }
    }
    Glibc.shutdown(listener, Int32(SHUT_RDWR))
  }

  var url: String { "http://127.0.0.1:\(port)/" }
  var connections: Int { state.withLock { $0.connections } }
  var closedConnections: Int { state.withLock { $0.closed } }
  var requests: [LoopbackRequest] { state.withLock { $0.requests } }

  /// A port on which connections are refused for as long as `body` runs: bound, but nobody listens.
  static func withRefusingPort<R>(_ body: (UInt16) async throws -> R) async throws -> R {
    let (socket, port) = try bindSocket()
    defer { close(socket) }
    return try await body(port)
  }

  private static func accept(on listener: Int32) -> Int32? {
    let socket = Glibc.accept(listener, nil, nil)
    return socket >= 0 ? socket : nil
  }

  private static func bindSocket() throws -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let failure = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, size) | getsockname(listener, address, &size)
      }
    }
    guard listener >= 0, failure == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    return (listener, UInt16(bigEndian: address.sin_port))
  }
}
