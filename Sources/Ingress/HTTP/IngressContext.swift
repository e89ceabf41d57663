import Hummingbird
import NIOCore

/// What a request brings besides itself: where it came from.
public struct IngressContext: InitializableFromSource {
  /// The address of the other end, without port; `unknown` on a socket that has none.
  let peer: String

  public init(source: ApplicationRequestContextSource) {
    peer = source.channel.remoteAddress?.ipAddress ?? "unknown"
  }
}
