using StackHub.Configuration;
using StackHub.Mapping;
using StackHub.Routing;

namespace StackHub.Tests.Routing;

/// <summary>What is wrong with a rule set, where, and how it is mended.</summary>
public sealed class RoutingReadingTests
{
    [Fact]
    public void A_rule_set_is_read_with_all_it_says()
    {
        var plan = Read("""
              owners:
                ann: { ids: { crm: 005A }, skills: [security], languages: [de], hours: { zone: Europe/Berlin, weekdays: [09:00-17:00] }, away: 2026-12-24..2026-12-31 }
                bob: { active: false, manager: ann }
                house: { queue: true, ids: { crm: 00G } }
              namedAccounts: { acme.co.uk: ann }
              pools:
                sales: { strategy: load, members: { ann: 2, bob: 1 }, cap: 20/day, open: 50, returns: catchup, catchUpADay: 3 }
              rules:
                - { name: us, when: { field: country, is: US }, to: pool sales, percent: 50 }
                - { name: new, when: { field: account.industry, in: [bank, insurer] }, to: owner ann, shadow: true }
              fallback: pool sales
            """);

        Assert.Equal([2, 1], plan.Pools["sales"].Members.Select(member => member.Weight));
        Assert.Equal((50, true, "pool sales"), (plan.Rules[0].Percent, plan.Rules[1].IsShadow, plan.Fallback!.ToString()));
        Assert.Equal((new OwnerId("ann"), true, 1), (plan.Owners[new("bob")].Manager, plan.Owners[new("house")].IsQueue, plan.Owners[new("ann")].Away.Length));
        Assert.Equal(new DateTimeOffset(2026, 12, 31, 23, 0, 0, TimeSpan.Zero), plan.Owners[new("ann")].Away[0].Until); // the last day included, in Berlin
        Assert.Equal(new OwnerId("ann"), plan.Scope.NamedAccounts["acme.co.uk"]);
        Assert.Equal("lifecycleStage is mql", plan.Scope.When.ToString());
        Assert.Equal(["emailOptOut", "lifecycleStage", "owner", "slaBreach"], plan.Scope.Reads.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_rules_have_the_same_version_and_others_another()
    {
        var version = Read(RoutingScene.Owners + RoutingScene.TwoInTurn).Version;

        Assert.Equal(version, Read("  # who\n" + RoutingScene.Owners + RoutingScene.TwoInTurn).Version);
        Assert.NotEqual(version, Read(RoutingScene.Owners + RoutingScene.TwoInTurn.Replace("ann: 1", "ann: 2", StringComparison.Ordinal)).Version);
    }

    [Fact]
    public void Owners_are_options_of_every_tools_owner_field_and_nobody_else_is_written()
    {
        var model = RoutingScene.Read(RoutingScene.Owners + RoutingScene.TwoInTurn);

        var (crm, marketing) = (Owner(model, "crm"), Owner(model, "marketing"));

        Assert.Equal(("005A", "11"), (crm.ToVendor(new("ann")).Text, marketing.ToVendor(new("ann")).Text));
        Assert.Equal(("ann", "ann"), (crm.ToCanonical("005A")?.Text, marketing.ToCanonical("11")?.Text));
        Assert.Equal(("stranger", false, false), (crm.ToCanonical("stranger")?.Text, crm.CanSay(new("stranger")), marketing.CanSay(new("house"))));
    }

    [Fact]
    public void A_broken_rule_set_is_answered_with_all_that_is_wrong_with_it() => Assert.Equal("""
        stackhub.yaml(6,19): routing.owners.ann.ids.crn: There is no system 'crn'. Did you mean 'crm'?
        stackhub.yaml(6,41): routing.owners.ann.manager: There is no owner 'zoe'. Known here: ann, bert, bob.
        stackhub.yaml(6,53): routing.owners.ann.away: 'tomorrow' are no days. Write 2026-12-24, or 2026-12-24..2026-12-31.
        stackhub.yaml(6,79): routing.owners.ann.hours.zone: There is no time zone 'Europe/Berln'. Did you mean 'Europe/Berlin'?
        stackhub.yaml(8,18): routing.owners.bert.ids: 'bob' has the same id in crm. Give each owner an id of their own.
        stackhub.yaml(9,18): routing.when: There is no field 'stage' to ask about. Did you mean 'state'?
        stackhub.yaml(10,11): routing.skills: There is no field 'product' of people. Known here: city, company, country, description, doNotCall, email, emailOptOut, firstName, industry, lastName, leadScore, leadSource, lifecycleStage, mobilePhone, owner, phone, postalCode, routingContext, slaBreach, state, street, title, website.
        stackhub.yaml(11,20): routing.namedAccounts.gmail.com: 'gmail.com' is no company's own domain. Write the registrable domain in small letters, such as acme.co.uk; mail providers are nobody's.
        stackhub.yaml(11,46): routing.namedAccounts.acme.com: There is no owner 'an'. Did you mean 'ann'?
        stackhub.yaml(13,30): routing.pools.sales.members.ann: A whole number from 1 to 1000 is expected, but '0' is here. Write it so, or leave the key out.
        stackhub.yaml(13,33): routing.pools.sales.members.bbo: There is no owner 'bbo'. Did you mean 'bob'?
        stackhub.yaml(13,48): routing.pools.sales.cap: A number and hour, day or week, such as 20/day, is expected, but something else is here. Write it so, or leave the key out.
        stackhub.yaml(13,63): routing.pools.sales.returns: One of forgive, average, catchup is expected, but 'never' is here. Write one of them.
        stackhub.yaml(13,76): routing.pools.sales.open: A whole number from 1 to 100000 is expected, but 'x' is here. Write it so, or leave the key out.
        stackhub.yaml(15,15): routing.rules[0].name: A name of small letters, digits and hyphens is expected, but something else is here. Write it so, or leave the key out.
        stackhub.yaml(16,34): routing.rules[1].when: There is no field 'contry' to ask about. Did you mean 'country'?
        stackhub.yaml(16,56): routing.rules[1].to: There is no pool 'sale'. Did you mean 'sales'?
        stackhub.yaml(17,53): routing.rules[2].when: A number is expected here. Write it so.
        stackhub.yaml(17,65): routing.rules[2].to: pool NAME or owner NAME is expected, but something else is here. Write it so, or leave the key out.
        stackhub.yaml(18,34): routing.rules[3].when.any: any holds no condition. Add one, or leave it out.
        stackhub.yaml(18,44): routing.rules[3].to: There is no owner 'nobody'. Known here: ann, bert, bob.
        stackhub.yaml(19,44): routing.rules[4].when: 'above' is no comparison of 'country', which is a text. Known here: in, is, isNot, known, notIn, startsWith, unknown.
        stackhub.yaml(19,65): routing.rules[4].percent: A whole number from 1 to 99 is expected, but '100' is here. Write it so, or leave the key out.
        """.ReplaceLineEndings("\n"), Problems("""
              owners:
                ann: { ids: { crn: 005A }, manager: zoe, away: [tomorrow], hours: { zone: Europe/Berln } }
                bob: { ids: { crm: 005B } }
                bert: { ids: { crm: 005B } }
              when: { field: stage, is: mql }
              skills: product
              namedAccounts: { gmail.com: ann, acme.com: an }
              pools:
                sales: { members: { ann: 0, bbo: 1 }, cap: many, returns: never, open: x }
              rules:
                - { name: US, to: pool sales }
                - { name: de, when: { field: contry, is: DE }, to: pool sale }
                - { name: big, when: { field: leadScore, above: many }, to: bob }
                - { name: none, when: { any: [] }, to: owner nobody }
                - { name: odd, when: { field: country, above: 5 }, percent: 100, to: owner bob }
            """));

    [Fact]
    public void A_rule_set_with_findings_is_refused_with_line_and_cure() => Assert.Equal("""
        stackhub.yaml(5,3): routing.fallback: No rule decides for country not US, leadScore below 5 or 5 or between 5 and 50 or unknown, leadSource not web. Add a rule for them, or a fallback.
        stackhub.yaml(5,3): routing.fallback: Nothing decides for those whom no rule fits. Add fallback: with a pool or an owner.
        stackhub.yaml(9,5): routing.pools.sales: Pool sales says what becomes of arrears, but keeps none. Set strategy: load, or leave returns out.
        stackhub.yaml(10,5): routing.pools.gone: Pool gone has nobody who is still here: its leads would wait for ever. Add a member, or send its leads elsewhere.
        stackhub.yaml(11,5): routing.pools.german: Pool german asks for skills and languages, and none of its members has any. Name them under owners, or set matches: false.
        stackhub.yaml(12,5): routing.pools.capped: Pool capped lets ann have 2 open leads and get 5 an hour, which cannot be. Raise open, or lower cap.
        stackhub.yaml(13,5): routing.pools.idle: Nothing sends leads to pool idle. Add a rule, or take the pool out.
        stackhub.yaml(15,15): routing.rules[0].name: Both this rule and hot fit country US, leadScore 50 or between 50 and 1000 or 1000 or above 1000; this one wins because it comes first. If that is meant, add over: [hot] to it; if not, swap them or narrow one.
        stackhub.yaml(15,15): routing.rules[0].name: Both this rule and hot fit country US, leadSource web; this one wins because it comes first. If that is meant, add over: [hot] to it; if not, swap them or narrow one.
        stackhub.yaml(16,15): routing.rules[1].name: Whoever fits this rule is decided before it, by us. Move it up, or take it out.
        stackhub.yaml(16,15): routing.rules[1].name: Both this rule and hot fit country US, leadScore above 1000, leadSource web; this one wins because it comes first. If that is meant, add over: [hot] to it; if not, swap them or narrow one.
        stackhub.yaml(17,15): routing.rules[2].name: Both this rule and hot fit leadScore 50 or between 50 and 1000 or 1000 or above 1000, leadSource web; this one wins because it comes first. If that is meant, add over: [hot] to it; if not, swap them or narrow one.
        stackhub.yaml(18,15): routing.rules[3].name: Nobody can fit this rule: its checks contradict each other. Mend the checks, or take the rule out.
        stackhub.yaml(19,15): routing.rules[4].name: Two rules are called hot. Give each a name of its own.
        """.ReplaceLineEndings("\n"), Problems("""
              owners:
                ann: {}
                bob: { active: false }
              pools:
                sales: { members: { ann: 1 }, returns: forgive }
                gone: { members: { bob: 1 } }
                german: { members: { ann: 1 }, matches: true }
                capped: { members: { ann: 1 }, open: 2, cap: 5/hour }
                idle: { members: { ann: 1 } }
              rules:
                - { name: us, when: { field: country, is: US }, to: pool sales }
                - { name: big-us, when: [{ field: country, is: US }, { field: leadScore, above: 1000 }], to: pool gone }
                - { name: hot, when: { field: leadScore, atLeast: 50 }, to: pool german }
                - { name: never, when: [{ field: leadScore, above: 5 }, { field: leadScore, below: 5 }], to: pool capped }
                - { name: hot, when: { field: leadSource, is: web }, to: owner ann, over: [us] }
            """));

    private static RoutingPlan Read(string routing) => RoutingScene.Read(routing).Routing!;

    private static string Problems(string routing) => string.Join('\n', Assert.IsType<ConfigurationResult.Invalid>(RoutingScene.Parse(routing)).Problems);

    private static CompiledField Owner(HubModel model, string system) => model.Systems[new(system)].Maps["people"].Field("owner")!;
}
