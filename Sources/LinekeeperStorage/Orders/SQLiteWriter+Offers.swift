package import LinekeeperCore

extension SQLiteWriter: OfferWriter {
    package func putOffer(
        _ offer: CarrierOffer, from source: NumberSource, newID: OfferID, foundAt: Timestamp
    ) throws(DomainError) {
        try connection.run(
            PutOffer(offer: offer, source: source, newID: newID, foundAt: foundAt))
    }

    package func putCarrierFee(
        _ fee: CarrierFee, from source: NumberSource, countryCode: String, type: NumberType,
        foundAt: Timestamp
    ) throws(DomainError) {
        try connection.run(
            PutCarrierFee(
                fee: fee, source: source, countryCode: countryCode, type: type, foundAt: foundAt))
    }

    package func offer(
        _ e164: E164, from source: NumberSource
    ) throws(DomainError) -> OfferRecord? {
        try connection.first(OfferOf(e164: e164, source: source))
    }

    package func deleteOffer(_ e164: E164, from source: NumberSource) throws(DomainError) {
        try connection.run(DeleteOffer(e164: e164, source: source))
    }

    package func deleteOffers(
        foundBefore moment: Timestamp, limit: Int
    ) throws(DomainError) {
        try connection.run(DeleteOffersBefore(moment: moment, limit: limit))
    }
}

extension SQLiteReader: OfferReader {
    package func offers(matching filter: OfferFilter) throws(DomainError) -> [OfferRecord] {
        try connection.all(OfferSearch(filter))
    }

    package func carrierFeesFoundAt(
        _ source: NumberSource, countryCode: String
    ) throws(DomainError) -> Timestamp? {
        try connection.first(CarrierFeesFoundAt(source: source, countryCode: countryCode)) ?? nil
    }
}
