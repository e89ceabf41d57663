/// What somebody entered or chose in one element. Each may be empty: Slack sends null or leaves it out.
public enum InputValue: Sendable, Equatable {
  case text(String?)
  case option(ChosenOption?)
  case options([ChosenOption])
  case user(String?)
  case users([String])
  case conversation(String?)
  case conversations([String])
  case channel(String?)
  case channels([String])
  /// `YYYY-MM-DD`.
  case date(String?)
  /// `HH:mm`.
  case time(String?)
  /// Unix seconds.
  case dateTime(Int?)
  /// An element that has no value (a button), or of a kind that is not known here.
  case none(type: String)

  /// The choice: its value, and its text as it was sent.
  public struct ChosenOption: Sendable, Equatable {
    public var value: String
    public var text: String

    public init(value: String, text: String) {
      self.value = value
      self.text = text
    }

    init?(_ json: SlackJSON) {
      guard let value = json["value"].string else { return nil }
      self.init(value: value, text: SlackText.unescaped(json["text"]["text"].string ?? ""))
    }
  }

  init(_ json: SlackJSON) {
    let type = json["type"].string ?? ""
    self = Self.single(type, json) ?? Self.multiple(type, json) ?? .none(type: type)
  }

  private static func single(_ type: String, _ json: SlackJSON) -> InputValue? {
    switch type {
    case "plain_text_input", "email_text_input", "url_text_input", "number_input": .text(json["value"].text)
    case "static_select", "external_select", "radio_buttons", "overflow":
      .option(ChosenOption(json["selected_option"]))
    case "users_select": .user(json["selected_user"].text)
    case "conversations_select": .conversation(json["selected_conversation"].text)
    case "channels_select": .channel(json["selected_channel"].text)
    case "datepicker": .date(json["selected_date"].text)
    case "timepicker": .time(json["selected_time"].text)
    case "datetimepicker": .dateTime(json["selected_date_time"].int)
    default: nil
    }
  }

  private static func multiple(_ type: String, _ json: SlackJSON) -> InputValue? {
    switch type {
    case "checkboxes", "multi_static_select", "multi_external_select":
      .options(json["selected_options"].array.compactMap(ChosenOption.init))
    case "multi_users_select": .users(json["selected_users"].array.compactMap(\.string))
    case "multi_conversations_select": .conversations(json["selected_conversations"].array.compactMap(\.string))
    case "multi_channels_select": .channels(json["selected_channels"].array.compactMap(\.string))
    default: nil
    }
  }
}
