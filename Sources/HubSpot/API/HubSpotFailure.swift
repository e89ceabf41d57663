import RevOps
import VendorAPI
import VendorPorts

/// A call that HubSpot did not carry out, with what its refusal named: the record that is already there, the properties
/// that it does not take.
public struct HubSpotFailure: Error, Sendable {
  public var error: VendorError
  var refusal: Refusal?

  init(_ error: VendorError, refusal: Refusal? = nil) {
    self.error = error
    self.refusal = refusal
  }

  var isNotFound: Bool { error.status == 404 }
  var isConflict: Bool { error.status == 409 }
  var isForbidden: Bool { error.status == 403 }
  /// HubSpot has seen nothing of it.
  var isUnsent: Bool { error.status == nil && !error.outcomeUnknown }

  static func cancelled(_ operation: String) -> HubSpotFailure {
    HubSpotFailure(
      VendorError(vendor: HubSpotClient.vendor, operation: operation, detail: "cancelled", retry: .now))
  }
}

/// Several calls run side by side give their errors as values, so that they keep their type.
func attempt<Value: Sendable>(
  _ body: @Sendable () async throws(HubSpotFailure) -> Value
) async -> Result<Value, HubSpotFailure> {
  do { return .success(try await body()) } catch { return .failure(error) }
}

extension ServiceError {
  /// The port's error: the same answer to "again, later, never?", in the port's words.
  init(_ failure: HubSpotFailure) { self.init(failure.error) }
}
