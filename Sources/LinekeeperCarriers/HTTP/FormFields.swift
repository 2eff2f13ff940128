/// Names and values as `application/x-www-form-urlencoded` text: a form's body or a URL's query.
///
/// Order and repeated names are kept: that is how an array is sent. Everything but letters, digits
/// and `-._~` is percent-encoded, so `+15005550006` becomes `%2B15005550006` and `page[size]`
/// becomes `page%5Bsize%5D`; a space becomes `%20`, which both carriers read as well as `+`.
package struct FormFields: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    package private(set) var fields: [NamedText] = []

    package init() {}

    package init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements { add(name, value) }
    }

    package var isEmpty: Bool { fields.isEmpty }

    package mutating func add(_ name: String, _ value: String) {
        fields.append(NamedText(name: name, value: value))
    }

    /// `a=1&b=2`.
    package var text: String {
        fields.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value))" }
            .joined(separator: "&")
    }

    /// The bytes of a form's body.
    package var body: [UInt8] { Array(text.utf8) }

    /// A URL with these fields as its query; the URL must have none yet.
    package func query(of url: String) -> String { isEmpty ? url : "\(url)?\(text)" }
}

/// A text as one part of a path, one name or one value of a query (RFC 3986 section 2.3).
package func percentEncoded(_ text: String) -> String {
    var encoded: [UInt8] = []
    encoded.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            encoded.append(byte)
        default:
            encoded.append(UInt8(ascii: "%"))
            encoded.append(hexDigit(byte >> 4))
            encoded.append(hexDigit(byte & 15))
        }
    }
    return String(decoding: encoded, as: UTF8.self)
}

private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
}
