using StackHub.Configuration;

namespace StackHub.Tests.Configuration;

public sealed class ConfigurationProblemsTests
{
    private const string Broken = """
        hub:
          publicUrl: ftp://hub.example.com
          phoneRegion: XX
          horizon: { days: 0, fact: 64 }
          fights: 4
          shards: many
        systms: {}
        systems:
          Sales_Force:
            connector: salesforce
            mode: dead
            poll: 5
            settings:
              clientSecret: hunter2
              clientld: env:SF_ID
              refreshToken: env:not a name
              loginUrl: http://example.com
            create: { person: Lead, account: Acount, opportunity: never }
            objects:
              Contact:
                fields:
                  phone: { to: Email }
                  favoriteColor: { to: Colour__c }
                  leadScore: { type: number }
                  email: { in: [lowr], options: { a: X, b: x } }
                  account: { type: text }
              Leed: none
          hubspot:
            connector: hubspt
            concurrency: 100
          hubspot:
            connector: hubspot
          intercom:
            connector: intercom
            objects: { contacts: none, companies: { fields: { name: none } } }
        fields:
          person:
            phone: { policy: system-of-record }
            title: { policy: newest }
            fone: { policy: first }
            boss: { type: reference }
            email: { policy: most-restrictive, systems: [hubspot] }
            city: { policy: system-of-record, systems: [hubspo] }
            hubId: { type: text }
            Bad: { type: text }
        """;

    [Fact]
    public void A_broken_file_is_answered_with_everything_that_is_wrong_with_it() =>
        Assert.Equal(Expected.ReplaceLineEndings("\n"), string.Join('\n', Loading.Problems(Broken)));

    [Fact]
    public void No_problem_quotes_a_secret() => Assert.DoesNotContain("hunter2", string.Join('\n', Loading.Problems(Broken)), StringComparison.Ordinal);

    [Fact]
    public void A_secret_in_the_place_of_a_block_is_not_quoted() =>
        Assert.DoesNotContain("hunter2", string.Join('\n', Loading.Problems("hub: { publicUrl: 'https://me:hunter2@example.com' }\nsystems: { crm: { connector: hubspot, settings: hunter2, fuse: hunter2 } }")), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n...\n")]
    public void An_empty_file_says_what_to_begin_with(string text) =>
        Assert.Equal("stackhub.yaml(1,1): The file is empty. Write systems: and, below it, at least one system.", Loading.Problem(text));

    [Fact]
    public void A_file_without_systems_says_so() =>
        Assert.Equal("stackhub.yaml(1,1): The key 'systems' is missing. Add it: The systems to keep the same, each under a name of your choice.", Loading.Problem("hub: {}\n"));

    [Fact]
    public void Systems_without_a_system_say_so() =>
        Assert.Equal("stackhub.yaml(1,9): systems: There is no system. Add a line with a name of your choice and, below it, connector: and the vendor.", Loading.Problem("systems:\n"));

    [Fact]
    public void A_missing_file_is_named() => Assert.Equal(
        "/no/such/stackhub.yaml(1,1): There is no such file. Create it, or name another one.",
        HubConfiguration.Load("/no/such/stackhub.yaml", Vendors.All).ToString());

    [Fact]
    public void A_folder_in_the_place_of_a_file_is_named_as_such() =>
        Assert.Contains("This is a folder", HubConfiguration.Load(Path.GetTempPath(), Vendors.All).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_text_is_named_as_such()
    {
        using var file = new TemporaryFile([0x73, 0xFF, 0xFE, 0x80]);

        Assert.Contains("not UTF-8", HubConfiguration.Load(file.Name, Vendors.All).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_yaml_is_found_where_it_breaks() => Assert.Equal((3, ""), (Loading.Problems("systems:\n  hubspot: {\n")[0].Line, Loading.Problems("systems:\n  hubspot: {\n")[0].Path));

    [Fact]
    public void A_second_document_is_refused() => Assert.Contains("a second document begins here", Loading.Problem(Loading.Two + "---\nhub: {}\n"), StringComparison.Ordinal);

    [Fact]
    public void A_list_in_the_place_of_the_file_is_refused() => Assert.Contains("A block of keys is expected, but a list is here.", Loading.Problem("- systems\n"), StringComparison.Ordinal);

    [Fact]
    public void A_reference_without_a_name_is_refused() =>
        Assert.Contains("What follows 'env:' is not a name.", Loading.Problem("systems: { a: { connector: hubspot, settings: { accessToken: 'env:' } } }"), StringComparison.Ordinal);

    [Fact]
    public void What_a_connector_says_of_a_referenced_value_waits_until_it_is_known() =>
        Loading.Valid(Loading.Two.Replace("clientSecret: env:SF_SECRET", "privateKey: env:SF_KEY", StringComparison.Ordinal));

    [Fact]
    public void A_missing_setting_is_reported_once_although_the_connector_says_it_too() =>
        Assert.Equal(
            "stackhub.yaml(4,15): systems.salesforce.settings: The setting 'clientId' is missing: Consumer key of the connected app. Add clientId.",
            Loading.Problem(Loading.Two.Replace("clientId: id, ", "", StringComparison.Ordinal)));

    [Fact]
    public void An_object_whose_every_field_is_none_is_not_worth_syncing() =>
        Assert.Contains("No field of 'companies' is mapped.", Loading.Problem("systems: { a: { connector: intercom, settings: { accessToken: env:T }, objects: { companies: { fields: { name: none } } } } }"), StringComparison.Ordinal);

    [Fact]
    public void A_system_without_objects_is_not_worth_connecting() =>
        Assert.Contains("No object of this system is synced.", Loading.Problem("systems: { a: { connector: hubspot, objects: { companies: none, contacts: none } } }"), StringComparison.Ordinal);

    [Fact]
    public void People_cannot_be_created_as_an_object_that_is_not_synced() =>
        Assert.Contains("'Contact' is not synced here.", Loading.Problem(Loading.Two.Replace("connector: salesforce", "connector: salesforce\n    create: { person: Contact }\n    objects: { Contact: none }", StringComparison.Ordinal)), StringComparison.Ordinal);

    private const string Expected = """
        stackhub.yaml(2,14): hub.publicUrl: An https address such as https://hub.example.com is expected, but something else is here. Write it so, or leave the key out.
        stackhub.yaml(3,16): hub.phoneRegion: There is no country 'XX'. Use the two letters of ISO 3166, such as US, GB or DE.
        stackhub.yaml(4,20): hub.horizon.days: A whole number from 1 to 90 is expected, but '0' is here. Write it so, or leave the key out.
        stackhub.yaml(4,23): hub.horizon.fact: There is no key 'fact' here. Did you mean 'facts'?
        stackhub.yaml(5,11): hub.fights: A block of reversals and window is expected, but a single value is here. Write the entries on lines of their own below the key, further to the right.
        stackhub.yaml(6,11): hub.shards: A whole number from 1 to 256 is expected, but 'many' is here. Write it so, or leave the key out.
        stackhub.yaml(7,1): systms: There is no key 'systms' here. Did you mean 'systems'?
        stackhub.yaml(9,3): systems.Sales_Force: 'Sales_Force' cannot be a name here. Use at most 40 lower-case letters, digits and single hyphens, beginning with a letter.
        stackhub.yaml(11,11): systems.Sales_Force.mode: One of live, shadow is expected, but 'dead' is here. Write one of them.
        stackhub.yaml(12,11): systems.Sales_Force.poll: A duration from 5s to 1d, such as 30s, 10m, 1h or 7d, is expected, but '5' is here. Write it so, or leave the key out.
        stackhub.yaml(14,7): systems.Sales_Force.settings: The setting 'clientId' is missing: Consumer key of the connected app. Add clientId.
        stackhub.yaml(14,21): systems.Sales_Force.settings.clientSecret: A secret is written into the file. Put it into an environment variable or Key Vault, write env:NAME or keyvault:NAME here, and replace the secret at Salesforce if others could read this file.
        stackhub.yaml(15,7): systems.Sales_Force.settings.clientld: Salesforce has no setting 'clientld'. Did you mean 'clientId'?
        stackhub.yaml(16,21): systems.Sales_Force.settings.refreshToken: What follows 'env:' is not a name. Write env:NAME with a variable's name, or keyvault:NAME with a secret's.
        stackhub.yaml(17,17): systems.Sales_Force.settings: Salesforce: loginUrl must be an https address. See https://docs.example.com/salesforce.
        stackhub.yaml(18,23): systems.Sales_Force.create.person: The connector does not create 'Lead'. Set createPeopleAs: Lead under settings, or choose another object, or never.
        stackhub.yaml(18,38): systems.Sales_Force.create.account: Salesforce has no object 'Acount' for this kind. Did you mean 'Account'?
        stackhub.yaml(22,11): systems.Sales_Force.objects.Contact.fields.phone: The vendor's field 'Email' is also written by 'email'. Set direction: in on one of the two, or write none behind one.
        stackhub.yaml(23,11): systems.Sales_Force.objects.Contact.fields.favoriteColor: There is no canonical field 'favoriteColor' of person. Define it under fields.person, for example favoriteColor: { type: text }.
        stackhub.yaml(24,22): systems.Sales_Force.objects.Contact.fields.leadScore.to: The connector has no map of 'leadScore' here, and no vendor field is named. Add to: with the vendor's field name.
        stackhub.yaml(25,11): systems.Sales_Force.objects.Contact.fields.email: The vendor's field 'Email' is also written by 'phone'. Set direction: in on one of the two, or write none behind one.
        stackhub.yaml(25,25): systems.Sales_Force.objects.Contact.fields.email.in: There is no 'lowr'. A list of transforms is expected. Did you mean 'lower'?
        stackhub.yaml(25,52): systems.Sales_Force.objects.Contact.fields.email.options.b: 'b' and 'a' are the same option at the vendor. Give each of the hub's options one of its own.
        stackhub.yaml(26,28): systems.Sales_Force.objects.Contact.fields.account.type: The canonical field is of type reference, and records are not values. Leave the type out.
        stackhub.yaml(27,7): systems.Sales_Force.objects.Leed: Salesforce has no object 'Leed'. Did you mean 'Lead'?
        stackhub.yaml(29,16): systems.hubspot.connector: There is no connector 'hubspt'. Did you mean 'hubspot'?
        stackhub.yaml(30,18): systems.hubspot.concurrency: A whole number from 1 to 64 is expected, but '100' is here. Write it so, or leave the key out.
        stackhub.yaml(31,3): systems.hubspot: 'hubspot' is already there on line 28. Keep one of the two.
        stackhub.yaml(34,5): systems.intercom.settings: The setting 'accessToken' is missing: Access token of the app. Add accessToken: env:NAME.
        stackhub.yaml(35,32): systems.intercom.objects.companies: No field of 'companies' is mapped. Map at least one field, or write companies: none.
        stackhub.yaml(38,22): fields.person.phone.policy: The policy system-of-record names no system. Add systems: [a, b], the highest authority first.
        stackhub.yaml(39,22): fields.person.title.policy: One of most-recent, system-of-record, first, max, union, most-restrictive is expected, but 'newest' is here. Write one of them.
        stackhub.yaml(40,5): fields.person.fone: There is no such built-in field. Did you mean 'phone'?
        stackhub.yaml(41,19): fields.person.boss: A reference must say what it points to. Add refersTo: account, person or opportunity.
        stackhub.yaml(42,22): fields.person.email.policy: The policy most-restrictive is for fields of type boolean. Set type: boolean, or choose another policy.
        stackhub.yaml(42,49): fields.person.email.systems: The policy most-restrictive asks no list of systems. Take 'systems' out, or set policy: system-of-record.
        stackhub.yaml(43,49): fields.person.city.systems: There is no system 'hubspo'. Did you mean 'hubspot'?
        stackhub.yaml(44,5): fields.person.hubId: This name is the hub's own record id. Choose another name.
        stackhub.yaml(45,5): fields.person.Bad: 'Bad' cannot be a name here. Use letters and digits beginning with a small letter, such as favouriteColour.
        """;
}
