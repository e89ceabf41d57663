/// What events from HubSpot are held against.
public struct HubSpotIngress: Sendable, CustomStringConvertible, CustomReflectable {
  /// Of the app whose subscriptions call.
  public var appSecret: String
  /// Baton's address as HubSpot knows it, without a slash at its end: it is part of what is signed.
  public var publicURL: String
  /// Nil: events of any account are taken.
  public var portalID: String?

  public init(appSecret: String, publicURL: String, portalID: String? = nil) {
    self.appSecret = appSecret
    self.publicURL = publicURL
    self.portalID = portalID
  }

  public var description: String { "(HubSpot's events)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
