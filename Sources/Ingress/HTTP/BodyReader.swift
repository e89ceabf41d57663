import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Reads a body whole, within a size and a time.
enum BodyReader {
  /// The bytes as they came. Content-Length is believed only as a reason to refuse: what is taken is counted.
  ///
  /// A body that is late ends the connection: reading can only be stopped by closing it, so the 408 is seldom seen.
  /// A body that ends early is refused: part of a form would still read as a form.
  static func read(
    _ request: IncomingRequest, limit: Int, within time: Duration
  ) async throws -> [UInt8] {
    let announced = request.only("content-length").flatMap(Int.init)
    if let announced, announced > limit { throw Problem.tooLarge(limit) }
    if announced == 0 { return [] }
    let bytes = try await withDeadline(time) { try await collect(request.request.body, limit: limit) }
    if let announced, bytes.count != announced { throw Problem.incomplete }
    return bytes
  }

  private static func collect(_ body: RequestBody, limit: Int) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await part in body {
      if bytes.count + part.readableBytes > limit { throw Problem.tooLarge(limit) }
      bytes.append(contentsOf: part.readableBytesView)
    }
    return bytes
  }

  private static func withDeadline(
    _ time: Duration, _ work: @escaping @Sendable () async throws -> [UInt8]
  ) async throws -> [UInt8] {
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
      group.addTask { try await work() }
      group.addTask {
        try await Task.sleep(for: time)
        throw Problem.tooSlow
      }
      defer { group.cancelAll() }
      guard let bytes = try await group.next() else { throw Problem.incomplete }
      return bytes
    }
  }
}
