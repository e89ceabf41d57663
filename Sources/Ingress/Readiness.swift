import RevOps

/// Whether Baton can do its work, and what each thing it depends on says. Holds no secret.
public struct Readiness: Sendable, Equatable {
  public enum Status: String, Sendable {
    case ready
    /// It works, but something that was configured does not: still 200.
    case degraded
    /// 503: it should get no requests.
    case notReady = "not_ready"
  }

  public struct Dependency: Sendable, Equatable {
    public var name: String
    /// A fixed word: `ok`, `off`, `failing`.
    public var state: String
    public var detail: String?

    public init(name: String, state: String, detail: String? = nil) {
      self.name = name
      self.state = state
      self.detail = detail
    }
  }

  public var status: Status
  public var configVersion: String?
  public var dependencies: [Dependency]

  public init(status: Status, configVersion: String?, dependencies: [Dependency]) {
    self.status = status
    self.configVersion = configVersion
    self.dependencies = dependencies
  }

  var document: JSONValue {
    var services = JSONObject()
    for dependency in dependencies {
      services[dependency.name] = .object([
        "state": .string(dependency.state), "detail": .text(dependency.detail),
      ])
    }
    return .object([
      "status": .string(status.rawValue), "config_version": .text(configVersion), "dependencies": .object(services),
    ])
  }
}
