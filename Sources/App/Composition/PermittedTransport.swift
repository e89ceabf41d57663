import Pipeline
import VendorAPI

/// Sends nothing for work that another instance may have taken over meanwhile, such as after a wait for a limit. The
/// transport below asks once more right before the first byte.
struct PermittedTransport: HTTPTransport {
  let transport: any HTTPTransport

  func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse {
    var request = request
    let workMayAct = WorkPermit.probe()
    // A call that was gathered from several leads' work brings their permissions along.
    let callersMayAct = request.mayAct
    request.mayAct = { workMayAct() && callersMayAct() }
    guard request.mayAct() else { throw .lostPermission }
    return try await transport.send(request)
  }
}
