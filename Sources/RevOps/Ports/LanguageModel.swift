/// A language model as Baton uses it: one question, one answer in the shape that the question asks for. It decides
/// nothing, and every lead goes on without it.
public struct LanguageModel: Sendable {
  public struct Question: Sendable {
    public var prompt: Prompt
    /// What is known of the lead, as one JSON value: data, and the only part that differs between leads.
    public var lead: String
    /// Whom the question is about. Leaves the process only as a keyed hash.
    public var subject: String
    /// Further fields of the request, as the server of the model understands them.
    public var extra: [String: JSONValue]
    public var budget: Duration
    /// What is wrong with an answer that fits the schema, in words without any of the answer; nil: nothing.
    public var complaint: @Sendable (JSONValue) -> String?
    /// Asked before each call; false: today's calls are used up.
    public var mayCall: @Sendable () async -> Bool
    /// Told before each call and after it, so that a question that is given up is counted too.
    public var spent: @Sendable (LanguageUse.Spending) -> Void

    public init(
      prompt: Prompt, lead: String, subject: String, extra: [String: JSONValue] = [:], budget: Duration,
      complaint: @escaping @Sendable (JSONValue) -> String? = { _ in nil },
      mayCall: @escaping @Sendable () async -> Bool = { true },
      spent: @escaping @Sendable (LanguageUse.Spending) -> Void = { _ in }
    ) {
      self.prompt = prompt
      self.lead = lead
      self.subject = subject
      self.extra = extra
      self.budget = budget
      self.complaint = complaint
      self.mayCall = mayCall
      self.spent = spent
    }
  }

  /// Why there is no answer. Each means: the rules' score and the template.
  public enum Failure: String, Error, Codable, Sendable, CaseIterable {
    case timedOut = "timed_out"
    case unavailable
    /// Credentials, or a request that is refused for good.
    case refused
    case quota
    case noSuchModel = "no_such_model"
    /// The model would not answer.
    case declined
    case filtered
    case truncated
    /// Twice not in the shape that was asked for.
    case invalid
    case dailyLimit = "daily_limit"
  }

  /// As it is asked for.
  public var name: String
  public var prompts: @Sendable () -> Prompts
  public var ask: @Sendable (Question) async -> Result<JSONValue, Failure>
  /// Why it is not asked at present, for people; nil: it is.
  public var trouble: @Sendable () -> String?

  public init(
    name: String, prompts: @escaping @Sendable () -> Prompts,
    ask: @escaping @Sendable (Question) async -> Result<JSONValue, Failure>,
    trouble: @escaping @Sendable () -> String? = { nil }
  ) {
    self.name = name
    self.prompts = prompts
    self.ask = ask
    self.trouble = trouble
  }
}

extension LanguageModel.Failure {
  /// On the card, after "language model not used: ".
  public var words: String {
    switch self {
    case .timedOut: "no answer in time"
    case .unavailable: "not available"
    case .refused: "it refuses our requests"
    case .quota: "its quota is used up"
    case .noSuchModel: "the configured model does not exist"
    case .declined: "it declined to answer"
    case .filtered: "its filter held the answer back"
    case .truncated: "its answer was cut off"
    case .invalid: "its answer could not be used"
    case .dailyLimit: "today's limit is reached"
    }
  }
}

/// What a lead's questions to the language model cost.
public struct LanguageUse: Codable, Sendable, Equatable {
  /// One call's; what the service does not report is 0.
  public struct Spending: Sendable, Equatable {
    public var calls: Int
    public var promptTokens: Int
    public var completionTokens: Int
    /// Of the prompt's: those that the service had cached.
    public var cachedTokens: Int

    public init(calls: Int = 0, promptTokens: Int = 0, completionTokens: Int = 0, cachedTokens: Int = 0) {
      self.calls = calls
      self.promptTokens = promptTokens
      self.completionTokens = completionTokens
      self.cachedTokens = cachedTokens
    }
  }

  public var model: String
  /// The content hash of the prompt's file.
  public var promptVersion: String
  public var calls = 0
  public var promptTokens = 0
  public var completionTokens = 0
  public var cachedTokens = 0
  public var milliseconds = 0
  /// Nil: it was answered.
  public var failure: LanguageModel.Failure?

  public init(model: String, promptVersion: String) {
    self.model = model
    self.promptVersion = promptVersion
  }

  public mutating func add(_ spending: Spending) {
    calls += spending.calls
    promptTokens += spending.promptTokens
    completionTokens += spending.completionTokens
    cachedTokens += spending.cachedTokens
  }
}
