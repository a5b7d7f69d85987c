using System.Diagnostics;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Benchmarks.Micro;

/// <summary>The eight-field mapping of the peers: a HubSpot contact to canonical values to a Salesforce contact, on one core.</summary>
internal static class MappingBenchmark
{
    private static readonly string[] Fields = ["email", "firstName", "lastName", "phone", "title", "city", "postalCode", "country"];

    public static IReadOnlyList<Figure> Run(int runs)
    {
        var (from, to) = (Map("hubspot", "contacts"), Map("salesforce", "Contact"));
        var withoutPhone = Measure(from, to, Record(from, phone: false), runs);
        var withPhone = Measure(from, to, Record(from, phone: true), runs);
        return
        [
            Figure.AtLeast($"mapping, {from.Fields.Length} fields, HubSpot to Salesforce, no phone", withoutPhone, 500_000, "/s"),
            Figure.AtLeast($"mapping, {from.Fields.Length} fields, with a phone brought to E.164", withPhone, 500_000, "/s"),
        ];
    }

    private static double Measure(CompiledMap from, CompiledMap to, ExternalRecord record, int runs)
    {
        const int Maps = 200_000;
        var rates = new List<double>();
        for (var run = 0; run <= runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var count = 0; count < Maps; count++)
                foreach (var (field, value, _) in from.Inbound(record))
                    if (to.Field(field.Map.Field) is { } target)
                        target.ToVendor(value);
            if (run > 0) // the first one warms up
                rates.Add(Maps / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        return Figure.Median(rates);
    }

    private static CompiledMap Map(string vendor, string objectType)
    {
        var definitions = DefaultFields.All[RecordKind.Person].ToDictionary(field => field.Name);
        var map = Connectors.Connectors.All.First(factory => factory.Info.Vendor == vendor).Info.DefaultMaps.First(map => map.ObjectType == objectType);
        return new(map with { Fields = [.. map.Fields.Where(field => Fields.Contains(field.Field))] }, definitions);
    }

    private static ExternalRecord Record(CompiledMap map, bool phone) => new(new(new("hubspot"), "contacts", "1"), DateTimeOffset.UnixEpoch, map.Fields.ToDictionary(
        field => field.Map.VendorField,
        field => new ExternalValue(field.Map.Field switch
        {
            "email" => "Ada.Lovelace@Example.com ",
            "phone" => phone ? "+1 (415) 555-0100" : null,
            "postalCode" => "94105",
            _ => " Some text of " + field.Map.Field,
        })));
}
