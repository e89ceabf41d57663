import VendorAPI

/// Sends requests with libcurl: one thread for all of them, connections kept and used again.
///
/// A redirect is an answer, nothing is sent twice, certificates are checked, and only http and https are spoken. At most
/// `CurlConfiguration.connectionsPerHost` requests of one service to one origin are under way; the others wait in line,
/// which counts towards their time-out. Proxies are taken from the environment as curl does, but never for loopback.
public final class CurlClient: HTTPTransport {
  private let mailbox: Mailbox
  /// Bounds what is added to the clock, which would overflow; no call takes a day.
  private static let longestTimeout: Duration = .seconds(86_400)

  public init(_ configuration: CurlConfiguration = CurlConfiguration()) {
    mailbox = TransferThread.start(configuration)
  }

  deinit { mailbox.close() }

  public func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse {
    let outgoing = try OutgoingRequest(request)
    guard !Task.isCancelled else { throw .cancelledInLine }
    let id = mailbox.newID()
    let deadline = ContinuousClock.now.advanced(by: min(request.timeout, Self.longestTimeout))
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { caller in
        start(Order(id: id, request: outgoing, deadline: deadline, caller: caller))
      }
    } onCancel: {
      cancel(id)
    }
    return try outcome.get()
  }

  /// Ends the thread. What is under way, and whatever is sent later, fails with `.shutDown`. Returns at once; calling
  /// it again has no effect. A client that is let go does this by itself.
  public func shutdown() { mailbox.close() }

  /// Returns when the thread has freed everything, after `shutdown`.
  func waitForEnd() async { await mailbox.waitForEnd() }

  private func start(_ order: Order) {
    guard mailbox.post(.start(order)) else { return order.caller.resume(returning: .failure(.afterShutdown)) }
    // The task may have been cancelled before there was anything to cancel; the thread passes over what it doesn't know.
    if Task.isCancelled { cancel(order.id) }
  }

  /// After a shutdown there is nothing left to cancel, so a refusal needs no answer.
  private func cancel(_ id: Admission.ID) { _ = mailbox.post(.cancel(id)) }
}
