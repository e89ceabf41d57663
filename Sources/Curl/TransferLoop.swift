import CCurl
import VendorAPI

/// The life of the transfer thread: takes commands, lets libcurl work, hands out results, waits. It alone touches the
/// multi handle and every easy handle, but for the wake-up.
final class TransferLoop {
  private let multi: UnsafeMutableRawPointer
  private let mailbox: Mailbox
  private let configuration: CurlConfiguration
  private var admission: Admission
  /// Orders in line for a connection.
  private var inLine: [Admission.ID: Order] = [:]
  private var running: [Admission.ID: Transfer] = [:]
  private var idByHandle: [UnsafeMutableRawPointer: Admission.ID] = [:]
  /// Handles to use again: making one costs more than resetting it.
  private var spare: [EasyHandle] = []
  private static let mostSpare = 64
  private static let longestWait: Duration = .seconds(10)

  init(multi: UnsafeMutableRawPointer, mailbox: Mailbox, configuration: CurlConfiguration) {
    self.multi = multi
    self.mailbox = mailbox
    self.configuration = configuration
    admission = Admission(limit: configuration.connectionsPerHost)
  }

  /// Returns after `stop`, with every caller answered and every handle freed.
  func run() {
    while obey(mailbox.take()) {
      expire()
      var count: Int32 = 0
      curl_multi_perform(multi, &count)
      collect()
      curl_multi_poll(multi, nil, 0, waitMilliseconds, nil)
    }
    failAll()
    spare.forEach { $0.free() }
    curl_multi_cleanup(multi)
    mailbox.end()
  }

  /// False: stop.
  private func obey(_ commands: [Command]) -> Bool {
    for command in commands {
      switch command {
      case .start(let order): arrive(order)
      case .cancel(let id): cancel(id)
      case .stop: return false
      }
    }
    return true
  }

  /// libcurl shortens this to its own next time-out.
  private var waitMilliseconds: Int32 {
    guard let next = admission.nextDeadline else { return Int32(Self.longestWait.wholeMilliseconds) }
    let wait = min(Self.longestWait, ContinuousClock.now.duration(to: next))
    return Int32(max(0, wait.wholeMilliseconds + 1))
  }

  private func arrive(_ order: Order) {
    if admission.arrive(order.id, in: order.request.lane, deadline: order.deadline) {
      start(order)
    } else {
      inLine[order.id] = order
    }
  }

  /// Starts an order that holds a place in its lane, or fails it and gives the place on.
  private func start(_ first: Order) {
    var next: Order? = first
    while let order = next {
      guard let error = begin(order) else { return }
      order.caller.resume(returning: .failure(error))
      next = admission.finish(in: order.request.lane).flatMap { inLine.removeValue(forKey: $0) }
    }
  }

  /// Nil when the transfer has begun.
  private func begin(_ order: Order) -> TransportError? {
    let remaining = ContinuousClock.now.duration(to: order.deadline)
    guard remaining > .zero else { return .lateInLine }
    guard order.request.mayAct() else { return .lostPermission }
    guard let easy = spare.popLast() ?? EasyHandle() else { return .noHandle }
    let transfer = Transfer(order, on: easy, limits: configuration.limits)
    do throws(EasyHandle.OptionRefused) {
      try transfer.prepare(configuration, remaining: remaining)
    } catch {
      giveBack(easy)
      return .refused("libcurl refused an option")
    }
    guard curl_multi_add_handle(multi, easy.pointer) == CURLM_OK else {
      giveBack(easy)
      return .noHandle
    }
    running[order.id] = transfer
    idByHandle[easy.pointer] = order.id
    return nil
  }

  private func collect() {
    var pointer: UnsafeMutableRawPointer?
    var code = CURLE_OK
    while ccurl_next_finished(multi, &pointer, &code) == 1 {
      guard let pointer, let id = idByHandle[pointer], let transfer = running[id] else { continue }
      finish(transfer, transfer.outcome(code))
    }
  }

  private func cancel(_ id: Admission.ID) {
    if let transfer = running[id] {
      finish(transfer, .failure(transfer.stopped(.cancelled, "the caller gave up")))
    } else if admission.giveUp(id), let order = inLine.removeValue(forKey: id) {
      order.caller.resume(returning: .failure(.cancelledInLine))
    }
  }

  private func expire() {
    for id in admission.expire(now: .now) {
      inLine.removeValue(forKey: id)?.caller.resume(returning: .failure(.lateInLine))
    }
  }

  /// Answers the caller, frees the place and starts whose turn it is.
  private func finish(_ transfer: Transfer, _ outcome: Result<VendorResponse, TransportError>) {
    detach(transfer)
    transfer.order.caller.resume(returning: outcome)
    if let id = admission.finish(in: transfer.order.request.lane), let order = inLine.removeValue(forKey: id) {
      start(order)
    }
  }

  private func detach(_ transfer: Transfer) {
    curl_multi_remove_handle(multi, transfer.easy.pointer)
    running[transfer.order.id] = nil
    idByHandle[transfer.easy.pointer] = nil
    giveBack(transfer.easy)
  }

  private func giveBack(_ easy: EasyHandle) {
    guard spare.count < Self.mostSpare else { return easy.free() }
    easy.reset()
    spare.append(easy)
  }

  private func failAll() {
    for transfer in running.values {
      let error = transfer.stopped(.shutDown, "the client was shut down")
      detach(transfer)
      transfer.order.caller.resume(returning: .failure(error))
    }
    for order in inLine.values { order.caller.resume(returning: .failure(.afterShutdown)) }
    inLine = [:]
  }
}

extension TransportError {
  static var lateInLine: TransportError {
    TransportError(
      cause: .timedOut, mayHaveReachedService: false, detail: "no free connection within the time allowed")
  }

  static var cancelledInLine: TransportError {
    TransportError(cause: .cancelled, mayHaveReachedService: false, detail: "the caller gave up before it was sent")
  }

  static var afterShutdown: TransportError {
    TransportError(cause: .shutDown, mayHaveReachedService: false, detail: "the client was shut down")
  }

  static var noHandle: TransportError {
    TransportError(cause: .couldNotConnect, mayHaveReachedService: false, detail: "no memory for a transfer")
  }
}
