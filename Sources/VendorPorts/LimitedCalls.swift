import RevOps
import VendorAPI

/// Calls to one service within its limit. Nothing is repeated here, and no call is of unknown outcome: a look-up changes
/// nothing, and a write under a stable id may be made again.
public struct LimitedCalls: Sendable {
  private let transport: any HTTPTransport
  private let limiter: RateLimiter
  private let bucket: RateLimiter.Bucket

  public init(transport: any HTTPTransport, limiter: RateLimiter, bucket: RateLimiter.Bucket) {
    self.transport = transport
    self.limiter = limiter
    self.bucket = bucket
  }

  /// The answer, whatever its status.
  public func send(_ request: VendorRequest) async throws(VendorError) -> VendorResponse {
    do { try await limiter.acquire(bucket) } catch {
      throw VendorError(vendor: request.vendor, operation: request.operation, detail: "cancelled", retry: .now)
    }
    do { return try await transport.send(request) } catch {
      throw VendorError(error, vendor: request.vendor, operation: request.operation).withKnownOutcome
    }
  }

  /// A refusal for the sake of the limit holds up the calls that come after it, too.
  public func respect(_ failure: VendorError) async {
    if failure.status == 429, case .later(let wait) = failure.retry { await limiter.pause(bucket, for: wait) }
  }

  public func read(_ response: VendorResponse, to request: VendorRequest) throws(VendorError) -> JSONValue {
    do { return try VendorJSON.decode(JSONValue.self, from: response, to: request) } catch {
      throw error.withKnownOutcome
    }
  }
}

extension VendorError {
  fileprivate var withKnownOutcome: VendorError {
    var error = self
    error.outcomeUnknown = false
    return error
  }
}
