/// The form in which the 2010 API answers unless `.json` is asked for.
enum TwilioXML {
    static func converted(_ reply: Reply) -> Reply {
        guard let value = JSON(parsing: reply.body), case .object = value else { return reply }
        let isError = reply.status >= 400
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TwilioResponse>"
        text += isError ? element("RestException", value) : element("Resource", value)
        text += "</TwilioResponse>"
        var converted = reply
        converted.body = Array(text.utf8)
        converted.headers = reply.headers.map {
            $0.name == "Content-Type" ? .init(name: $0.name, value: "application/xml") : $0
        }
        return converted
    }

    private static func element(_ name: String, _ value: JSON) -> String {
        let content =
            switch value {
            case .null: ""
            case .bool(let flag): flag ? "true" : "false"
            case .int(let number): String(number)
            case .double(let number): "\(number)"
            case .string(let text): escaped(text)
            case .array(let values): values.map { element("Item", $0) }.joined()
            case .object(let members):
                members.map { element(camelCase($0.name), $0.value) }.joined()
            }
        return "<\(name)>\(content)</\(name)>"
    }

    private static func camelCase(_ name: String) -> String {
        name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
    }
}
