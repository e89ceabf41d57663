import NIOCore

/// Closes a connection that has not sent one whole request head in time: the idle clock of the server begins with the
/// first request, and a head that trickles in byte by byte never becomes idle.
///
/// Sits behind the HTTP decoder, so that its first read is a head. Used on one event loop only, as every handler is.
final class FirstRequestDeadline: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  private let delay: TimeAmount
  private var deadline: Scheduled<Void>?

  init(after delay: Duration) { self.delay = TimeAmount(delay) }

  func handlerAdded(context: ChannelHandlerContext) {
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: delay) { channel.close(promise: nil) }
  }

  func handlerRemoved(context: ChannelHandlerContext) { cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    cancel()
    context.fireChannelRead(data)
  }

  private func cancel() {
    deadline?.cancel()
    deadline = nil
  }
}
