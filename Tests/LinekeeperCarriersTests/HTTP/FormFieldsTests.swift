import Testing

@testable import LinekeeperCarriers

@Suite struct FormFieldsTests {
    @Test(
        "everything but unreserved characters is percent-encoded",
        arguments: [
            ("+15005550006", "%2B15005550006"),
            ("filter[phone_number]", "filter%5Bphone_number%5D"),
            ("a b&c=d", "a%20b%26c%3Dd"), ("azAZ09-._~", "azAZ09-._~"),
            ("é😀", "%C3%A9%F0%9F%98%80"),
            ("100%", "100%25"), ("\r\n\u{0}", "%0D%0A%00"), ("", ""),
            ("../x?y#z", "..%2Fx%3Fy%23z"),
            ("https://a.b/c", "https%3A%2F%2Fa.b%2Fc"),
        ])
    func encoding(text: String, encoded: String) {
        #expect(percentEncoded(text) == encoded)
    }

    @Test func `order and repeated names are kept`() {
        var fields: FormFields = ["StatusCallbackEvent": "a", "To": "+1"]
        fields.add("StatusCallbackEvent", "b")
        #expect(fields.text == "StatusCallbackEvent=a&To=%2B1&StatusCallbackEvent=b")
        #expect(fields.body == Array(fields.text.utf8))
    }

    @Test func `a query follows its URL, and none follows when there is none`() {
        let fields: FormFields = ["page[size]": "250"]
        #expect(fields.query(of: "https://a/b") == "https://a/b?page%5Bsize%5D=250")
        #expect(FormFields().query(of: "https://a/b") == "https://a/b")
    }
}
