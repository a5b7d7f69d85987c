using System.Text;
using StackHub.Configuration;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Sync;

namespace StackHub.Tests.Configuration;

public sealed class HubConfigurationTests
{
    private static readonly SystemId Salesforce = new("salesforce");
    private static readonly SystemId HubSpot = new("hubspot");

    [Fact]
    public void The_sample_loads_without_a_problem_or_a_warning() => Assert.Empty(Loading.Valid(ConfigurationWriter.Sample()).Warnings);

    [Fact]
    public void Everything_under_hub_is_read()
    {
        var hub = Loading.Model(Loading.Two + """
            hub:
              publicUrl: https://hub.example.com
              phoneRegion: DE
              horizon: { days: 14, facts: 128 }
              fights: { reversals: 6, window: 1h }
              shards: 8
            """);

        Assert.Equal(
            (new Uri("https://hub.example.com"), "DE", new Horizon(TimeSpan.FromDays(14), 128), new FightOptions(6, TimeSpan.FromHours(1)), 8),
            (hub.PublicBase, hub.PhoneRegion, hub.Horizon, hub.Fights, hub.Shards));
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var hub = Loading.Model(Loading.Two);
        var system = hub.Systems[HubSpot];

        Assert.Equal((null, null, Horizon.Default, FightOptions.Default, 1), (hub.PublicBase, hub.PhoneRegion, hub.Horizon, hub.Fights, hub.Shards));
        Assert.Equal((SystemMode.Live, TimeSpan.FromMinutes(1), 4, FuseLimits.Default), (system.Mode, system.PollEvery, system.Concurrency, system.Fuse));
        Assert.Equal(["companies", "contacts"], system.Objects.Select(type => type.ObjectType));
    }

    [Fact]
    public void A_system_is_read_with_all_its_limits()
    {
        var system = Loading.Model("""
            systems:
              crm-emea:
                connector: hubspot
                mode: shadow
                poll: 90s
                concurrency: 16
                settings: { accessToken: keyvault:hubspot-token, history: false }
                fuse: { creates: 10, deletes: 0 }
            """).Systems[new("crm-emea")];

        Assert.Equal((SystemMode.Shadow, TimeSpan.FromSeconds(90), 16, new FuseLimits(10, 50_000, 0)), (system.Mode, system.PollEvery, system.Concurrency, system.Fuse));
        Assert.Equal("accessToken=keyvault:hubspot-token history=false", string.Join(' ', system.Settings.Select(setting => $"{setting.Key}={setting.Value}")));
    }

    [Fact]
    public void A_field_of_ones_own_is_mapped_as_written()
    {
        var field = Loading.Model(Loading.Two + """
            fields: { person: { favouriteColour: { type: choice } } }
            """.Replace("fields", "  intercom: { connector: intercom, settings: { accessToken: env:I }, objects: { contacts: { fields: { favouriteColour: { to: colour, direction: out, in: [lower], out: [upper, collapse-spaces], options: { red: Crimson }, placeholder: none, maxLength: 9 } } } } }\nfields", StringComparison.Ordinal))
            .Systems[new("intercom")].Maps["contacts"].Field("favouriteColour")!;

        Assert.Equal(("colour", FieldType.Choice, MapDirection.Out, "none", 9), (field.Map.VendorField, field.Map.Type, field.Map.Direction, field.Map.Placeholder, field.Map.MaxLength));
        Assert.Equal(["lower"], field.Map.Inbound);
        Assert.Equal(["upper", "collapse-spaces"], field.Map.Outbound);
        Assert.Equal("Crimson", field.Map.Options["red"]);
    }

    [Fact]
    public void A_map_that_names_no_vendor_field_adjusts_the_connectors_own()
    {
        var name = Contact("lastName: { maxLength: 20 }").Field("lastName")!.Map;

        Assert.Equal(("LastName", "Unknown", 20), (name.VendorField, name.Placeholder, name.MaxLength));
    }

    [Fact]
    public void A_map_to_another_vendor_field_starts_afresh()
    {
        var name = Contact("lastName: { to: Family_Name__c }").Field("lastName")!.Map;

        Assert.Equal(("Family_Name__c", null, null), (name.VendorField, name.Placeholder, name.MaxLength));
    }

    [Fact]
    public void A_field_set_to_none_is_not_mapped_and_the_others_stay()
    {
        var contact = Contact("phone: none");

        Assert.Null(contact.Field("phone"));
        Assert.NotNull(contact.Field("email"));
    }

    [Fact]
    public void An_object_set_to_none_is_not_synced() => Assert.False(Edited("objects: { Lead: none }").Maps.ContainsKey("Lead"));

    [Fact]
    public void Maps_keep_the_type_of_the_canonical_field() => Assert.Equal(FieldType.Number, Contact("leadScore: { to: Score__c }").Field("leadScore")!.Type);

    [Fact]
    public void A_reference_knows_the_kind_it_points_to()
    {
        var boss = Loading.Model(Loading.Two.Replace("connector: hubspot", "connector: hubspot\n    objects: { contacts: { fields: { boss: { to: boss_id } } } }", StringComparison.Ordinal) + """
            fields: { person: { boss: { type: reference, refersTo: person } } }
            """).Systems[HubSpot].Maps["contacts"].Field("boss")!;

        Assert.Equal((FieldType.Reference, RecordKind.Person), (boss.Map.Type, boss.Map.To));
    }

    [Fact]
    public void An_object_without_a_map_of_the_connectors_is_synced_once_it_has_fields()
    {
        var system = Loading.Model(Loading.Two + "    objects: { tickets: { fields: { name: { to: subject } } } }\n").Systems[HubSpot];

        Assert.Equal((RecordKind.Opportunity, "tickets"), (system.Maps["tickets"].Map.Kind, system.Creates[RecordKind.Opportunity]));
    }

    [Fact]
    public void New_records_become_the_first_object_that_can_be_created() =>
        Assert.Equal(("Account", "Contact", "Opportunity"), (Edited("").Creates[RecordKind.Account], Edited("").Creates[RecordKind.Person], Edited("").Creates[RecordKind.Opportunity]));

    [Fact]
    public void People_become_leads_when_the_setting_says_so()
    {
        var system = Loading.Model(Loading.Two.Replace("clientId: id", "clientId: id, createPeopleAs: Lead", StringComparison.Ordinal)).Systems[Salesforce];

        Assert.Equal("Lead", system.Creates[RecordKind.Person]);
        Assert.Equal((true, false), (system.ObjectOf("Lead").CanCreate, system.ObjectOf("Contact").CanCreate));
    }

    [Fact]
    public void A_kind_set_to_never_is_not_created()
    {
        var creates = Edited("create: { person: never }").Creates;

        Assert.False(creates.ContainsKey(RecordKind.Person));
        Assert.True(creates.ContainsKey(RecordKind.Account));
    }

    [Theory]
    [InlineData(RecordKind.Person, "email", "most-recent")]
    [InlineData(RecordKind.Person, "title", "most-recent, blank may win")]
    [InlineData(RecordKind.Person, "leadSource", "first")]
    [InlineData(RecordKind.Person, "leadScore", "max, blank may win")]
    [InlineData(RecordKind.Person, "emailOptOut", "most-restrictive")]
    [InlineData(RecordKind.Person, "doNotCall", "most-restrictive")]
    [InlineData(RecordKind.Account, "domain", "most-recent")]
    [InlineData(RecordKind.Account, "industry", "most-recent, blank may win")]
    [InlineData(RecordKind.Opportunity, "amount", "most-recent, blank may win")]
    public void A_built_in_field_has_its_policy(RecordKind kind, string field, string policy) =>
        Assert.Equal(policy, Loading.Model(Loading.Two).Fields[kind][field].Policy.ToString());

    [Theory]
    [InlineData("phone: { policy: system-of-record, systems: [hubspot, salesforce] }", "phone", "system-of-record: [hubspot, salesforce], blank may win")]
    [InlineData("phone: { policy: system-of-record, systems: hubspot, blankNeverWins: true }", "phone", "system-of-record: [hubspot]")]
    [InlineData("email: { blankNeverWins: false }", "email", "most-recent, blank may win")]
    [InlineData("title: { policy: first }", "title", "first")]
    [InlineData("tags: { type: set, policy: union }", "tags", "union, blank may win")]
    public void The_file_changes_policies(string line, string field, string policy) =>
        Assert.Equal(policy, Loading.Model(Loading.Two + $"fields: {{ person: {{ {line} }} }}").Fields[RecordKind.Person][field].Policy.ToString());

    [Fact]
    public void A_connector_brings_the_fields_that_only_its_maps_name() =>
        Assert.Equal(FieldType.Number, Loading.Model(Loading.Two).Fields[RecordKind.Account]["churnRisk"].Type);

    [Fact]
    public void Every_kind_has_its_fields() => Assert.Equal(Enum.GetValues<RecordKind>().ToHashSet(), [.. Loading.Model(Loading.Two).Fields.Keys]);

    [Fact]
    public void Every_built_in_reference_has_a_target() => Assert.All(
        DefaultFields.All.Values.SelectMany(fields => fields).Where(field => field.Type is FieldType.Reference or FieldType.References),
        field => Assert.NotNull(DefaultFields.TargetOf(field.Name)));

    [Fact]
    public void An_alias_shares_a_block_between_systems()
    {
        var model = Loading.Model("""
            systems:
              one: { connector: hubspot, fuse: &limits { creates: 7 } }
              two: { connector: hubspot, fuse: *limits }
            """);

        Assert.Equal(7, model.Systems[new("two")].Fuse.Creates);
    }

    [Fact]
    public void One_system_alone_is_worth_a_warning() =>
        Assert.Equal("stackhub.yaml(2,3): systems: There is only one system, so there is nothing to keep it the same with. Add a second one.",
            Assert.Single(Loading.Valid("systems:\n  hubspot: { connector: hubspot }\n").Warnings).ToString());

    [Fact]
    public void A_system_of_record_that_does_not_read_the_field_is_worth_a_warning() =>
        Assert.Contains(Loading.Valid(Loading.Two + "fields: { person: { title: { policy: system-of-record, systems: [hubspot] } } }").Warnings, warning => warning.Path == "fields.person.title");

    [Fact]
    public void An_address_on_this_machine_needs_no_tls() =>
        Assert.Equal("localhost", Loading.Model(Loading.Two + "hub: { publicUrl: http://localhost:7071 }").PublicBase?.Host);

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void A_file_is_read_from_disk_with_or_without_a_byte_order_mark(string mark)
    {
        using var file = new TemporaryFile(Encoding.UTF8.GetBytes(mark + Loading.Two));

        Assert.IsType<ConfigurationResult.Valid>(HubConfiguration.Load(file.Name, Vendors.All));
    }

    private static SystemModel Edited(string line) =>
        Loading.Model(Loading.Two.Replace("connector: salesforce", $"connector: salesforce\n    {line}", StringComparison.Ordinal)).Systems[Salesforce];

    private static CompiledMap Contact(string field) => Edited($"objects: {{ Contact: {{ fields: {{ {field} }} }} }}").Maps["Contact"];
}
