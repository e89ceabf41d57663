import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// The HTTP side of Baton as a service: it drains when its service group is told to stop.
public enum IngressServer {
  /// - Parameter onListening: told the port once, which matters when `port` is 0.
  public static func application(
    host: String, port: Int, dependencies: IngressDependencies, limits: IngressLimits = IngressLimits(),
    logger: Logger, onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) -> Application<IngressResponder> {
    Application(
      responder: IngressResponder(dependencies: dependencies, limits: limits, logger: logger),
      server: .http1(configuration: channel(limits)),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), backlog: 1_024,
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
      onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
      logger: quiet(logger))
  }

  private static func channel(_ limits: IngressLimits) -> HTTP1Channel.Configuration {
    HTTP1Channel.Configuration(
      additionalChannelHandlers: [FirstRequestDeadline(after: limits.headTimeout)],
      idleTimeout: TimeAmount(limits.idleTimeout),
      // Hummingbird answers what exceeds these with a bare 400; twice our limits, so that ours come first, with 431.
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: 2 * limits.headerBytes, maxHeaderListSize: 2 * limits.headerBytes,
        maxHeaderFieldCount: 2 * limits.headerFields))
  }

  /// The framework's own lines repeat the access log, and quote the errors of strangers' bytes.
  private static func quiet(_ logger: Logger) -> Logger {
    var logger = logger
    logger.logLevel = max(logger.logLevel, .notice)
    return logger
  }
}
