/// Limits of what stands inside blocks: buttons, selects, inputs.
enum ElementRules {
  private static let common: Set<String> = ["type", "action_id", "confirm", "focus_on_load"]

  /// What each kind may carry besides `common`.
  private static let members: [String: Set<String>] = [
    "button": ["text", "url", "value", "style", "accessibility_label"],
    "overflow": ["options"],
    "static_select": ["placeholder", "options", "option_groups", "initial_option"],
    "multi_static_select": ["placeholder", "options", "option_groups", "initial_options", "max_selected_items"],
    "external_select": ["placeholder", "initial_option", "min_query_length"],
    "multi_external_select": ["placeholder", "initial_options", "min_query_length", "max_selected_items"],
    "users_select": ["placeholder", "initial_user"],
    "multi_users_select": ["placeholder", "initial_users", "max_selected_items"],
    "conversations_select": [
      "placeholder", "initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter",
    ],
    "channels_select": ["placeholder", "initial_channel", "response_url_enabled"],
    "datepicker": ["placeholder", "initial_date"],
    "timepicker": ["placeholder", "initial_time", "timezone"],
    "datetimepicker": ["initial_date_time"],
    "radio_buttons": ["options", "initial_option"],
    "checkboxes": ["options", "initial_options"],
    "plain_text_input": [
      "placeholder", "initial_value", "multiline", "min_length", "max_length", "dispatch_action_config",
    ],
    "email_text_input": ["placeholder", "initial_value", "dispatch_action_config"],
    "url_text_input": ["placeholder", "initial_value", "dispatch_action_config"],
    "number_input": [
      "placeholder", "initial_value", "is_decimal_allowed", "min_value", "max_value", "dispatch_action_config",
    ],
    "image": ["image_url", "alt_text", "slack_file"],
  ]

  private static let inActions: Set<String> = [
    "button", "overflow", "static_select", "external_select", "users_select", "conversations_select",
    "channels_select", "datepicker", "timepicker", "datetimepicker", "radio_buttons", "checkboxes",
  ]
  private static let notInInput: Set<String> = ["button", "overflow", "image"]
  private static let onlyInInput: Set<String> = [
    "plain_text_input", "email_text_input", "url_text_input", "number_input",
  ]

  enum Place { case actions, input, accessory }

  static func check(_ element: JSON, in place: Place, at pointer: String, _ complaints: inout Complaints) {
    guard let type = element["type"].text, let own = members[type], allowed(type, place) else {
      return complaints.add("unsupported type: \(element["type"].text ?? "none")", at: pointer + "/type")
    }
    complaints.members(element, common.union(own), at: pointer)
    complaints.length(element["action_id"].text, 1...255, at: pointer + "/action_id")
    TextRules.check(confirm: element["confirm"], at: pointer + "/confirm", &complaints)
    TextRules.check(
      element["placeholder"], .plain, most: 150, needed: false, at: pointer + "/placeholder", &complaints)
    check(type, element, at: pointer, &complaints)
  }

  private static func allowed(_ type: String, _ place: Place) -> Bool {
    switch place {
    case .actions: inActions.contains(type)
    case .input: !notInInput.contains(type)
    case .accessory: !onlyInInput.contains(type)
    }
  }

  private static func check(_ type: String, _ element: JSON, at pointer: String, _ complaints: inout Complaints) {
    switch type {
    case "button": button(element, at: pointer, &complaints)
    case "overflow": TextRules.check(options: element["options"].items, most: 5, at: pointer + "/options", &complaints)
    case "radio_buttons", "checkboxes":
      TextRules.check(options: element["options"].items, most: 10, at: pointer + "/options", &complaints)
    case "static_select", "multi_static_select": select(element, at: pointer, &complaints)
    case "plain_text_input":
      if let most = element["max_length"].whole, !(1...3000).contains(most) {
        complaints.add("must be less than 3001", at: pointer + "/max_length")
      }
    case "image": complaints.length(element["alt_text"].text, 1...2000, at: pointer + "/alt_text", needed: true)
    default: break
    }
  }

  private static func button(_ button: JSON, at pointer: String, _ complaints: inout Complaints) {
    TextRules.check(button["text"], .plain, most: 75, at: pointer + "/text", &complaints)
    complaints.length(button["value"].text, 0...2000, at: pointer + "/value")
    complaints.length(button["url"].text, 1...3000, at: pointer + "/url")
    complaints.length(button["accessibility_label"].text, 0...75, at: pointer + "/accessibility_label")
    if let style = button["style"].text, !["primary", "danger"].contains(style) {
      complaints.add("must be one of: primary, danger", at: pointer + "/style")
    }
  }

  private static func select(_ select: JSON, at pointer: String, _ complaints: inout Complaints) {
    if select["option_groups"].isNull {
      return TextRules.check(options: select["options"].items, most: 100, at: pointer + "/options", &complaints)
    }
    complaints.count(select["option_groups"].items, 1...100, at: pointer + "/option_groups")
    for (index, group) in select["option_groups"].items.enumerated() {
      let place = "\(pointer)/option_groups/\(index)"
      TextRules.check(group["label"], .plain, most: 75, at: place + "/label", &complaints)
      TextRules.check(options: group["options"].items, most: 100, at: place + "/options", &complaints)
    }
  }
}
