import Glibc

/// The life of a connection's thread: connects, writes what callers want, hands out answers, waits. It alone touches
/// hiredis.
final class ConnectionLoop {
  private let configuration: RedisConnection.Configuration
  private let mailbox: Mailbox
  private var socket: Socket?
  /// Not written yet.
  private var waiting: [Order] = []
  /// Written, in the order in which the answers will come.
  private var underWay = OrderLine()
  private var pauses: Reconnection
  /// Some of what was appended is still in hiredis' buffer.
  private var hasUnwritten = false
  /// The kernel said so when last asked.
  private var isReadable = false

  init(_ configuration: RedisConnection.Configuration, mailbox: Mailbox) {
    self.configuration = configuration
    self.mailbox = mailbox
    pauses = Reconnection(longest: configuration.longestPause)
  }

  /// Returns after `close`, with every caller answered and the connection gone.
  func run() {
    while true {
      let (orders, goesOn) = mailbox.take()
      waiting += orders
      guard goesOn else { break }
      if socket == nil, pauses.isOver { connect() }
      if socket != nil { exchange() } else { failWaiting() }
      rest()
    }
    socket = nil
    fail(underWay.removeAll() + waiting, with: .closed)
    mailbox.end()
  }

  private func connect() {
    do throws(RedisError) {
      socket = try Socket(configuration)
      mailbox.connected()
      pauses.connected()
    } catch {
      pauses.failed()
      mailbox.away(error)
    }
  }

  /// Orders that came while it was not known yet that Redis is away. During the pause after a broken connection they
  /// wait for the next attempt.
  private func failWaiting() {
    guard let reason = mailbox.absence else { return }
    fail(waiting, with: reason)
    waiting = []
  }

  private func exchange() {
    send()
    receive()
    if let first = underWay.first, first.deadline <= .now { drop() }
  }

  private func send() {
    guard let socket else { return }
    for order in waiting {
      guard socket.append(order.bytes) else { return drop() }
      underWay.append(order)
      hasUnwritten = true
    }
    waiting = []
    guard hasUnwritten else { return }
    guard let isDone = socket.flush() else { return drop() }
    hasUnwritten = !isDone
  }

  private func receive() {
    guard let socket, isReadable else { return }
    guard socket.fill() else { return drop() }
    do throws(RedisError) {
      while let value = try socket.next() {
        guard let order = underWay.next() else { return drop() }
        order.caller.resume(returning: .success(value))
        // A replica that was the primary: the address may lead to the new one by now.
        if case .refusal(let refusal) = value, refusal.code == "READONLY" { return drop() }
      }
    } catch {
      drop()
    }
  }

  /// The connection is of no use any more. What may run twice goes to the front of the line, until its time is up;
  /// nobody knows whether the rest has run.
  private func drop() {
    socket = nil
    hasUnwritten = false
    pauses.dropped()
    var again: [Order] = []
    for order in underWay.removeAll() {
      if order.isRepeatable, order.deadline > .now {
        again.append(order)
      } else {
        order.caller.resume(returning: .failure(.lost))
      }
    }
    waiting = again + waiting
  }

  private func fail(_ orders: [Order], with reason: RedisError) {
    for order in orders { order.caller.resume(returning: .failure(reason)) }
  }

  /// Until there is something to read, to write or to take, or a time has come.
  private func rest() {
    var polled = [pollfd(fd: mailbox.bell, events: Int16(POLLIN), revents: 0)]
    if let socket {
      let wanted = hasUnwritten ? POLLIN | POLLOUT : POLLIN
      polled.append(pollfd(fd: socket.descriptor, events: Int16(wanted), revents: 0))
    }
    poll(&polled, nfds_t(polled.count), waitMilliseconds)
    isReadable = polled.count > 1 && polled[1].revents & ~Int16(POLLOUT) != 0
  }

  private var waitMilliseconds: Int32 {
    let next = socket == nil ? pauses.next : underWay.first?.deadline
    guard let next else { return 10_000 }
    let wait = min(ContinuousClock.now.duration(to: next), .seconds(10))
    return Int32(max(0, wait / .milliseconds(1)).rounded(.up))
  }
}
