import Pipeline
import VendorAPI

/// Sends nothing for work that another instance may have taken over meanwhile, such as after a wait for a limit.
struct PermittedTransport: HTTPTransport {
  let transport: any HTTPTransport

  func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse {
    guard WorkPermit.mayAct else {
      throw TransportError(
        cause: .cancelled, mayHaveReachedService: false, detail: "the work's lease ran out before it was sent")
    }
    return try await transport.send(request)
  }
}
