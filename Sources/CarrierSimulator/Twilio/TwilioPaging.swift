/// The pages of Twilio's lists.
enum TwilioPage {
    private static let sizeMax = 1000
    private static let sizeDefault = 50
    /// Nothing has so many pages; larger numbers are read as this one.
    private static let pageMax = 1_000_000

    private static func size(_ call: Call) -> Int {
        min(max(1, Int(call.request.query("PageSize") ?? "") ?? sizeDefault), sizeMax)
    }

    private static func page(_ call: Call) -> Int {
        min(max(0, Int(call.request.query("Page") ?? "") ?? 0), pageMax)
    }

    /// A page of a list of the 2010 API.
    ///
    /// A `PageToken` names the last resource of the page before: the next page begins after it, even
    /// when resources have come or gone meanwhile.
    static func reply<Item>(
        _ call: Call, _ name: String, _ items: [Item], id: (Item) -> String,
        describe: (Item) -> JSON
    ) -> Reply {
        let size = size(call)
        let page = page(call)
        var start = min(page * size, items.count)
        if let token = call.request.query("PageToken"), token.hasPrefix("PA"),
            let last = items.firstIndex(where: { id($0) == token.dropFirst(2) })
        {
            start = last + 1
        }
        let shown = items[start...].prefix(size)
        let hasNext = start + shown.count < items.count
        func uri(_ page: Int, token: String? = nil) -> JSON {
            let filters = call.request.query.filter {
                !["PageSize", "Page", "PageToken"].contains($0.name)
            }.map { "\(Request.encoded($0.name))=\(Request.encoded($0.value))&" }.joined()
            let token = token.map { "&PageToken=PA\($0)" } ?? ""
            return .string("\(call.request.path)?\(filters)PageSize=\(size)&Page=\(page)\(token)")
        }
        return .json(
            200,
            [
                "first_page_uri": uri(0),
                "end": .int(max(0, start + shown.count - 1)),
                "previous_page_uri": page > 0 ? uri(page - 1) : .null,
                name: .array(shown.map(describe)),
                "uri": uri(page),
                "page_size": .int(size),
                "start": .int(start),
                "next_page_uri": hasNext ? uri(page + 1, token: shown.last.map(id)) : .null,
                "page": .int(page),
            ])
    }

    /// A page of a list of Pricing, which names its pages with whole URLs.
    static func metaReply(_ call: Call, host: String, _ name: String, _ items: [JSON]) -> Reply {
        let size = size(call)
        let page = page(call)
        let start = min(page * size, items.count)
        let shown = Array(items[start...].prefix(size))
        let hasNext = start + shown.count < items.count
        func url(_ page: Int) -> JSON {
            .string("https://\(host)\(call.request.path)?PageSize=\(size)&Page=\(page)")
        }
        return .json(
            200,
            [
                name: .array(shown),
                "meta": [
                    "page": .int(page), "page_size": .int(size), "first_page_url": url(0),
                    "previous_page_url": page > 0 ? url(page - 1) : .null, "url": url(page),
                    "next_page_url": hasNext ? url(page + 1) : .null, "key": .string(name),
                ],
            ])
    }
}
