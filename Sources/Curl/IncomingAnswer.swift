import Foundation
import VendorAPI

/// What has come of an answer so far, held to its limits while it comes.
struct IncomingAnswer {
  private var headers: IncomingHeaders
  private var body = Data()
  private let limits: AnswerLimits
  /// Below this a high ratio is harmless: small repetitive JSON packs well.
  private static let freeSize = 1 << 20

  init(limits: AnswerLimits) {
    self.limits = limits
    headers = IncomingHeaders(limit: limits.headers)
  }

  /// Takes one header line. A reason means: stop the transfer.
  mutating func take(headerLine: UnsafeRawBufferPointer) -> Failure.Reason? {
    headers.take(headerLine) ? nil : .headersTooLarge
  }

  /// Takes decoded bytes, of a body of which `received` bytes came over the wire until now.
  mutating func take(bytes: UnsafeRawBufferPointer, received: Int) -> Failure.Reason? {
    let size = body.count + bytes.count
    guard size <= limits.body else { return .bodyTooLarge }
    guard size <= Self.freeSize || size / limits.ratio <= max(received, 1) else { return .ratioTooHigh }
    body.append(contentsOf: bytes)
    return nil
  }

  func response(status: Int) -> VendorResponse { VendorResponse(status: status, headers: headers.fields, body: body) }
}
