"""Every address of the portal and what it answers, for everybody who may knock.

A row is a method, an address, and one answer for each visitor. An address names things of the test
house (``visitors.py``), all of which belong to its first site. The columns of the first table:

    nobody    is not signed in, or sends no token
    whole     holds the role for the whole organisation; one answer each, in the order of the roles:
              IG lead, editor, contributor, registered manager, staff, group manager, administrator
    own       holds it at the site the thing belongs to; one answer for each role
    other     holds it at another site; one answer for each role
    expired   held it until yesterday; the same answer for every role
    off       is switched off; the same answer for every role

What the answers mean:

    +  here it is                        >  sign in first        a  the token is missing or no good
    r  done, and led to another page     x  you may not          o  there is nothing here (for you)
    b  led to another page, nothing done f  what was sent is not complete   h  back to the admin
"""

from dataclasses import dataclass

ROLES = (
    "ig_lead",
    "editor",
    "contributor",
    "registered_manager",
    "staff",
    "group_manager",
    "portal_admin",
)
NOTHING_HAPPENED = frozenset(">axofbh")
"""Answers to a POST that must leave no trace in the record."""

PAGES = """
#                                                   nobody whole   own     other  expired off
GET  /                                                   > +++++++ +++++++ +++++++ + >
GET  /help/                                              + +++++++ +++++++ +++++++ + +
GET  /accessibility/                                     + +++++++ +++++++ +++++++ + +
GET  /privacy/                                           + +++++++ +++++++ +++++++ + +
GET  /account/                                           > +++++++ +++++++ +++++++ + >
POST /account/                                           > +++++++ +++++++ +++++++ + >
POST /account/tokens/{token}/revoke/                     > ooooooo ooooooo ooooooo o >
GET  /account/set-up/{first_key}/                        o ooooooo ooooooo ooooooo o o
POST /account/set-up/{first_key}/                        o ooooooo ooooooo ooooooo o o
GET  /account/login/                                     + bbbbbbb bbbbbbb bbbbbbb b +
GET  /account/logout/                                    > +++++++ +++++++ +++++++ + >
POST /account/logout/                                    > >>>>>>> >>>>>>> >>>>>>> > >
GET  /account/reauthenticate/                            > +++++++ +++++++ +++++++ + >
GET  /account/password/change/                           > +++++++ +++++++ +++++++ + >
GET  /account/password/reset/                            + +++++++ +++++++ +++++++ + +
GET  /account/password/reset/done/                       + +++++++ +++++++ +++++++ + +
GET  /account/password/reset/key/1-set-password/         + +++++++ +++++++ +++++++ + +
GET  /account/password/reset/key/done/                   + +++++++ +++++++ +++++++ + +
GET  /account/password/set/                              b bbbbbbb bbbbbbb bbbbbbb b b
GET  /policies/                                          > +++++++ +++++++ +++++++ + >
GET  /policies/{policy_slug}/                            > +++++++ +++++++ +++++++ + >
GET  /record/check/                                      + +++++++ +++++++ +++++++ + +
POST /record/check/                                      f fffffff fffffff fffffff f f
GET  /record/check/checkpoint.txt                        o ooooooo ooooooo ooooooo o o
GET  /no/such/page/                                      o ooooooo ooooooo ooooooo o o
GET  /policies/mine/                                     > +++++++ +++++++ +++++++ + >
POST /policies/{policy_slug}/confirm/                    > fffffff fffffff fffffff f >
GET  /policies/{policy_slug}/questions/                  > +++++++ +++++++ +++++++ + >
POST /policies/{policy_slug}/questions/                  > fffffff fffffff fffffff f >
GET  /policies/{policy_slug}/ask/                        > +++++++ +++++++ +++++++ + >
POST /policies/{policy_slug}/ask/                        > fffffff fffffff fffffff f >
GET  /policies/{policy_slug}/poster/                     > ++x+x+x ++x+x+x ++x+x+x x >
GET  /policies/downloads/{approved}/                     > ooooooo ooooooo ooooooo o >
GET  /policies/{policy_slug}/versions/                   > +++++++ +++++++ +++++++ + >
GET  /policies/{policy_slug}/versions/1/                 > +++++++ +++++++ +++++++ + >
GET  /policies/{policy_slug}/versions/1/changes/         > +++++++ +++++++ +++++++ + >
GET  /policies/{draft_slug}/                             > ooooooo ooooooo ooooooo o >
GET  /policies/follow-up/                                > ++x+x+x ++x+x+x ++x+x+x x >
GET  /policies/follow-up/by-site/                        > ++x+x+x ++x+x+x ++x+x+x x >
GET  /policies/follow-up/people/{person}/                > ++x+x+x ++x+x+x ++xoxox x >
GET  /policies/follow-up/{policy_slug}/                  > ++x+x+x ++x+x+x ++x+x+x x >
POST /policies/follow-up/{policy_slug}/nudge/            > rrxrxrx rrxrxrx rrxrxrx x >
GET  /policies/meetings/                                 > ++x+x+x ++x+x+x ++x+x+x x >
GET  /policies/meetings/add/                             > +xx+xxx +xx+xxx +xx+xxx x >
POST /policies/meetings/add/                             > fxxfxxx fxxfxxx fxxfxxx x >
GET  /policies/meetings/sheet/?site={site}&policy={policy_slug} > +xx+xxx +xx+xxx oxxoxxx x >
GET  /policies/meetings/{meeting}/                       > ++x+x+x ++x+x+x ++xoxox x >
GET  /_util/authenticate_with_password/1/1/              o ooooooo ooooooo ooooooo o o
GET  /_util/login/                                       > hhxxxxh hhxxxxh hhxxxxh x >
GET  /search/?q=information                              > +++++++ +++++++ +++++++ + >
GET  /search/suggest/?q=info                             > +++++++ +++++++ +++++++ + >
GET  /evidence/                                          > +x++x+x +x++x+x +x++x+x x >
GET  /evidence/add/                                      > +x++xxx +x++xxx +x++xxx x >
POST /evidence/add/                                      > fxffxxx fxffxxx fxffxxx x >
GET  /evidence/watch/?ids={in_review}                    > +++++++ +++++++ +++++++ + >
GET  /evidence/{evidence}/                               > +o++o+o +o++o+o ooooooo o >
GET  /evidence/{for_all}/                                > +o++o+o +o++o+o +o++o+o o >
GET  /evidence/{proposed}/edit/                          > +o++oxo +o++oxo ooooooo o >
POST /evidence/{proposed}/edit/                          > foffoxo foffoxo ooooooo o >
GET  /evidence/{evidence}/edit/                          > +oxxoxo +oxxoxo ooooooo o >
GET  /evidence/{evidence}/versions/add/                  > +o++oxo +o++oxo ooooooo o >
POST /evidence/{evidence}/versions/add/                  > foffoxo foffoxo ooooooo o >
GET  /evidence/versions/{approved}/download/             > +o++o+o +o++o+o ooooooo o >
GET  /evidence/versions/{disposed}/certificate/          > +o++o+o +o++o+o ooooooo o >
GET  /evidence/versions/{disposed}/certificate.pdf       > +o++o+o +o++o+o ooooooo o >
GET  /evidence/versions/{approved}/preview/              > +o++o+o +o++o+o ooooooo o >
GET  /evidence/versions/{failed}/preview/                > ooooooo ooooooo ooooooo o >
GET  /evidence/versions/{approved}/pages/1/              > +o++o+o +o++o+o ooooooo o >
GET  /evidence/versions/{approved}/pages/2/              > ooooooo ooooooo ooooooo o >
GET  /evidence/versions/{approved}/difference/           > +o++o+o +o++o+o ooooooo o >
GET  /evidence/versions/{failed}/download/               > ooooooo ooooooo ooooooo o >
POST /evidence/versions/{failed}/retry/                  > rorrobo rorrobo ooooooo o >
GET  /evidence/versions/{in_review}/withdraw/            > +oxxoxo +oxxoxo ooooooo o >
POST /evidence/versions/{in_review}/withdraw/            > roxxoxo roxxoxo ooooooo o >
GET  /assessment/                                        > +x++x+x +x++x+x bxbbxbx x >
GET  /assessment/start/                                  > +xx+xxx +xx+xxx +xx+xxx x >
POST /assessment/start/                                  > fxxfxxx fxxfxxx fxxfxxx x >
GET  /assessment/{assessment}/                           > +o++o+o +o++o+o ooooooo o >
GET  /assessment/{assessment}/section/1/                 > +o++o+o +o++o+o ooooooo o >
GET  /assessment/{assessment}/{question}/                > +o++o+o +o++o+o ooooooo o >
POST /assessment/{assessment}/{question}/                > rorroxo rorroxo ooooooo o >
GET  /assessment/{assessment}/{question}/evidence/       > +o++oxo +o++oxo ooooooo o >
POST /assessment/{assessment}/{question}/evidence/       > rorroxo rorroxo ooooooo o >
GET  /assessment/{assessment}/{question}/assign/         > +ox+oxo +ox+oxo ooooooo o >
POST /assessment/{assessment}/{question}/assign/         > roxroxo roxroxo ooooooo o >
POST /assessment/{assessment}/{question}/notes/          > rorroro rorroro ooooooo o >
GET  /assessment/{assessment}/{question}/history/        > +o++o+o +o++o+o ooooooo o >
GET  /assessment/set-up/                                 > +xx+xx+ +xx+xxx +xx+xxx x >
GET  /assessment/set-up/organisation/                    > +xx+xx+ +xx+xxx +xx+xxx x >
POST /assessment/set-up/organisation/                    > xxxxxxf xxxxxxx xxxxxxx x >
GET  /assessment/set-up/sites/                           > +xx+xx+ +xx+xxx +xx+xxx x >
POST /assessment/set-up/sites/                           > xxxxxxf xxxxxxx xxxxxxx x >
GET  /assessment/set-up/people/                          > +xx+xx+ +xx+xxx +xx+xxx x >
GET  /assessment/set-up/people/name/dspt_lead/           > +xx+xx+ +xx+xxx +xx+xxx x >
POST /assessment/set-up/people/name/dspt_lead/           > fxxfxxf fxxfxxx fxxfxxx x >
GET  /assessment/set-up/people/{named}/change/           > +xx+xx+ +xx+xxx oxxoxxx x >
POST /assessment/set-up/people/{named}/change/           > fxxfxxf fxxfxxx oxxoxxx x >
GET  /assessment/set-up/people/{named}/end/              > +xx+xx+ +xx+xxx oxxoxxx x >
POST /assessment/set-up/people/{named}/end/              > fxxfxxf fxxfxxx oxxoxxx x >
GET  /assessment/set-up/at-hand/                         > +xx+xx+ +xx+xxx +xx+xxx x >
GET  /assessment/{assessment}/publish/                   > +oxxoxo +oxxoxo ooooooo o >
POST /assessment/{assessment}/publish/                   > foxxoxo foxxoxo ooooooo o >
GET  /assessment/{assessment}/publications/              > +o++o+o +o++o+o ooooooo o >
GET  /assessment/{assessment}/export/csv/                > +o++o+o +o++o+o ooooooo o >
GET  /assessment/publications/{publication}/             > +o++o+o +o++o+o ooooooo o >
GET  /assessment/publications/{publication}/entered/     > +oxxoxo +oxxoxo ooooooo o >
POST /assessment/publications/{publication}/entered/     > foxxoxo foxxoxo ooooooo o >
GET  /assessment/publications/{publication}/export/csv/  > +o++o+o +o++o+o ooooooo o >
GET  /assessment/{next_year}/certificates/               > +o++o+o +o++o+o ooooooo o >
GET  /assessment/{next_year}/certificates/add/           > +oxxoxo +oxxoxo ooooooo o >
POST /assessment/{next_year}/certificates/add/           > foxxoxo foxxoxo ooooooo o >
GET  /assessment/{next_year}/certificates/{certificate}/ > +oxxoxo +oxxoxo ooooooo o >
POST /assessment/{next_year}/certificates/{certificate}/ > foxxoxo foxxoxo ooooooo o >
GET  /assessment/{next_year}/roll-over/                  > +ox+oxo +ox+oxo ooooooo o >
POST /assessment/{next_year}/roll-over/                  > roxroxo roxroxo ooooooo o >
POST /assessment/{next_year}/roll-over/sites/            > boxboxo xoxxoxo ooooooo o >
GET  /assessment/{next_year}/carried/                    > +o++o+o +o++o+o ooooooo o >
POST /assessment/{next_year}/carried/                    > foffoxo foffoxo ooooooo o >
GET  /readiness/                                         > +x++x+x +x++x+x +x++x+x x >
GET  /readiness/lapses/                                  > +x++x+x +x++x+x +x++x+x x >
GET  /readiness/{assessment}/                            > +o++o+o +o++o+o ooooooo o >
GET  /well-led/                                          > +x++x+x +x++x+x +x++x+x x >
GET  /well-led/{statements}/                             > +x++x+x +x++x+x +x++x+x x >
GET  /well-led/{statements}/{statement}/                 > +x++x+x +x++x+x +x++x+x x >
GET  /well-led/{statements}/{statement}/claims/add/      > +x++xxx +x++xxx +x++xxx x >
POST /well-led/{statements}/{statement}/claims/add/      > fxffxxx fxffxxx fxffxxx x >
GET  /well-led/claims/{claim}/                           > +o++o+o +o++o+o ooooooo o >
GET  /well-led/claims/{claim}/change/                    > +o++oxo +o++oxo ooooooo o >
POST /well-led/claims/{claim}/change/                    > foffoxo foffoxo ooooooo o >
GET  /well-led/claims/{claim}/withdraw/                  > +o++oxo +o++oxo ooooooo o >
POST /well-led/claims/{claim}/withdraw/                  > rorroxo rorroxo ooooooo o >
"""

OF_SITES_AND_PLANS = """
#                                                   nobody whole   own     other  expired off
GET  /assessment/{head_office}/sites/                    > +o++o+o +o++o+o +o++o+o o >
GET  /assessment/{assessment}/sites/                     > ooooooo ooooooo ooooooo o >
GET  /assessment/{head_office}/sites/same/               > +ox+oxo xoxxoxo xoxxoxo o >
POST /assessment/{head_office}/sites/same/               > roxroxo xoxxoxo xoxxoxo o >
GET  /assessment/{head_office}/sites/choose/             > +ox+oxo xoxxoxo xoxxoxo o >
POST /assessment/{head_office}/sites/choose/             > boxboxo xoxxoxo xoxxoxo o >
GET  /assessment/{head_office}/sites/{site}/             > +o++o+o +o++o+o ooooooo o >
POST /assessment/{head_office}/sites/{site}/             > xoxboxo xoxboxo ooooooo o >
GET  /assessment/{head_office}/sites/{site}/different/{question}/ > xox+oxo xox+oxo ooooooo o >
POST /assessment/{head_office}/sites/{site}/different/{question}/ > xoxfoxo xoxfoxo ooooooo o >
GET  /assessment/{head_office}/sites/{site}/answers/csv/ > +o++o+o +o++o+o ooooooo o >
GET  /assessment/{assessment}/plan/                      > +o++o+o +o++o+o ooooooo o >
GET  /assessment/{assessment}/plan/add/?requirement={question} > +o++oxo +o++oxo ooooooo o >
POST /assessment/{assessment}/plan/add/?requirement={question} > foffoxo foffoxo ooooooo o >
GET  /assessment/{assessment}/plan/draft/                > +o++oxo +o++oxo ooooooo o >
POST /assessment/{assessment}/plan/draft/                > foffoxo foffoxo ooooooo o >
GET  /assessment/{assessment}/plan/print/                > +o++o+o +o++o+o ooooooo o >
GET  /assessment/{assessment}/plan/file/csv/             > +o++o+o +o++o+o ooooooo o >
GET  /assessment/{assessment}/plan/{action}/             > +o++o+o +o++o+o ooooooo o >
GET  /assessment/{assessment}/plan/{action}/change/      > +o++oxo +o++oxo ooooooo o >
POST /assessment/{assessment}/plan/{action}/change/      > foffoxo foffoxo ooooooo o >
POST /assessment/{assessment}/plan/{action}/start/       > rorroxo rorroxo ooooooo o >
GET  /assessment/{assessment}/plan/{action}/finish/      > +o++oxo +o++oxo ooooooo o >
POST /assessment/{assessment}/plan/{action}/finish/      > foffoxo foffoxo ooooooo o >
GET  /assessment/{assessment}/plan/{action}/drop/        > +o++oxo +o++oxo ooooooo o >
POST /assessment/{assessment}/plan/{action}/drop/        > foffoxo foffoxo ooooooo o >
POST /assessment/{assessment}/plan/{action}/reopen/      > bobboxo bobboxo ooooooo o >
"""

IN_THE_ADMIN = """
#                                                   nobody whole   own     other  expired off
GET  /admin/                                             > ++xxxx+ ++xxxx+ ++xxxx+ x >
GET  /admin/login/                                       > hhxxxxh hhxxxxh hhxxxxh x >
GET  /admin/inspectors/                                  > +xxxxxx +xxxxxx +xxxxxx x >
GET  /admin/inspectors/results/                          > +xxxxxx +xxxxxx +xxxxxx x >
GET  /admin/inspectors/give/                             > +xxxxxx +xxxxxx +xxxxxx x >
POST /admin/inspectors/give/                             > fxxxxxx fxxxxxx fxxxxxx x >
GET  /admin/inspectors/{access}/                         > +xxxxxx +xxxxxx oxxxxxx x >
POST /admin/inspectors/{access}/send-link/               > rxxxxxx rxxxxxx oxxxxxx x >
GET  /admin/inspectors/{access}/end/                     > +xxxxxx +xxxxxx oxxxxxx x >
POST /admin/inspectors/{access}/end/                     > rxxxxxx rxxxxxx oxxxxxx x >
GET  /admin/inspectors/{access}/past/                    > +xxxxxx +xxxxxx oxxxxxx x >
GET  /admin/inspectors/{access}/shown/{look}/            > +xxxxxx +xxxxxx oxxxxxx x >
GET  /admin/packs/                                       > +xxxxxx +xxxxxx +xxxxxx x >
GET  /admin/packs/results/                               > +xxxxxx +xxxxxx +xxxxxx x >
GET  /admin/packs/new/                                   > +xxxxxx +xxxxxx +xxxxxx x >
POST /admin/packs/new/                                   > fxxxxxx fxxxxxx fxxxxxx x >
GET  /admin/packs/{pack}/                                > +xxxxxx +xxxxxx oxxxxxx x >
GET  /admin/packs/{pack}/download/                       > bxxxxxx bxxxxxx oxxxxxx x >
POST /admin/packs/{pack}/again/                          > bxxxxxx bxxxxxx oxxxxxx x >
POST /admin/packs/{pack}/stop/                           > rxxxxxx rxxxxxx oxxxxxx x >
GET  /admin/evidence/                                    > +xxxxxx +xxxxxx +xxxxxx x >
GET  /admin/evidence/results/                            > +xxxxxx +xxxxxx +xxxxxx x >
GET  /admin/evidence/review/                             > +xxxxxx +xxxxxx +xxxxxx x >
POST /admin/evidence/review/                             > fxxxxxx fxxxxxx fxxxxxx x >
GET  /admin/evidence/review/{in_review}/                 > +xxxxxx +xxxxxx xxxxxxx x >
POST /admin/evidence/review/{in_review}/                 > rxxxxxx rxxxxxx xxxxxxx x >
GET  /admin/evidence/versions/{approved}/download/       > +oxxxxo +oxxxxo ooxxxxo x >
GET  /admin/evidence/versions/{approved}/pages/1/        > +oxxxxo +oxxxxo ooxxxxo x >
GET  /admin/evidence/versions/{in_review}/withdraw/      > +xxxxxx +xxxxxx xxxxxxx x >
POST /admin/evidence/versions/{in_review}/withdraw/      > rxxxxxx rxxxxxx xxxxxxx x >
GET  /admin/evidence/versions/{in_review}/recall/        > +xxxxxx +xxxxxx xxxxxxx x >
POST /admin/evidence/versions/{in_review}/recall/        > rxxxxxx rxxxxxx xxxxxxx x >
GET  /admin/evidence/steps/                              > +xxxxxx xxxxxxx xxxxxxx x >
GET  /admin/evidence/steps/{type}/                       > +xxxxxx xxxxxxx xxxxxxx x >
POST /admin/evidence/steps/{type}/                       > fxxxxxx xxxxxxx xxxxxxx x >
GET  /admin/evidence/stand-ins/                          > +xxxxxx +xxxxxx +xxxxxx x >
GET  /admin/evidence/stand-ins/add/                      > +xxxxxx +xxxxxx +xxxxxx x >
POST /admin/evidence/stand-ins/add/                      > fxxxxxx fxxxxxx fxxxxxx x >
GET  /admin/evidence/stand-ins/{stand_in}/end/           > +oxxxxo ooxxxxo ooxxxxo x >
POST /admin/evidence/stand-ins/{stand_in}/end/           > roxxxxo ooxxxxo ooxxxxo x >
GET  /admin/retention/                                   > +xxxxx+ xxxxxxx xxxxxxx x >
GET  /admin/retention/rules/{type}/                      > +xxxxxx xxxxxxx xxxxxxx x >
POST /admin/retention/rules/{type}/                      > fxxxxxx xxxxxxx xxxxxxx x >
GET  /admin/retention/due/                               > +xxxxxx xxxxxxx xxxxxxx x >
GET  /admin/retention/due/dispose/?v={approved}          > bxxxxxx xxxxxxx xxxxxxx x >
POST /admin/retention/due/dispose/?v={approved}          > bxxxxxx xxxxxxx xxxxxxx x >
GET  /admin/retention/holds/                             > +xxxxxx xxxxxxx xxxxxxx x >
GET  /admin/retention/holds/place/                       > +xxxxxx xxxxxxx xxxxxxx x >
POST /admin/retention/holds/place/                       > fxxxxxx xxxxxxx xxxxxxx x >
GET  /admin/retention/holds/{hold}/lift/                 > +xxxxxx xxxxxxx xxxxxxx x >
POST /admin/retention/holds/{hold}/lift/                 > fxxxxxx xxxxxxx xxxxxxx x >
GET  /admin/retention/disposals/                         > +xxxxxx xxxxxxx xxxxxxx x >
GET  /admin/retention/disposals/results/                 > +xxxxxx xxxxxxx xxxxxxx x >
GET  /admin/evidence/{evidence}/                         > +xxxxxx +xxxxxx xxxxxxx x >
GET  /admin/reports/reviews/                             > +xxxxxx +xxxxxx +xxxxxx x >
GET  /admin/reports/reviews/results/                     > +xxxxxx +xxxxxx +xxxxxx x >
GET  /admin/policies/library/                            > ++xxxxx ++xxxxx ++xxxxx x >
GET  /admin/policies/library/backup/                     > ++xxxxx ++xxxxx ++xxxxx x >
POST /admin/policies/library/backup/                     > ffxxxxx ffxxxxx ffxxxxx x >
GET  /admin/policies/library/backup/newer/{adoption}/    > ++xxxxx ++xxxxx ++xxxxx x >
POST /admin/policies/library/backup/newer/{adoption}/    > ffxxxxx ffxxxxx ffxxxxx x >
GET  /admin/policies/review/{waiting_policy}/            > ++xxxxh ++xxxxh ++xxxxh x >
POST /admin/policies/review/{waiting_policy}/            > ++xxxxh ++xxxxh ++xxxxh x >
GET  /admin/policies/to-look-at/                         > ++xxxxh ++xxxxh ++xxxxh x >
GET  /admin/catalogue/                                   > +hxxxx+ +hxxxx+ +hxxxx+ x >
GET  /admin/catalogue/requirements/                      > +hxxxx+ +hxxxx+ +hxxxx+ x >
GET  /admin/catalogue/requirements/results/              > +hxxxx+ +hxxxx+ +hxxxx+ x >
GET  /admin/catalogue/{edition}/check/                   > +hxxxx+ +hxxxx+ +hxxxx+ x >
POST /admin/catalogue/{edition}/check/                   > rhxxxxr bhxxxxb bhxxxxb x >
GET  /admin/record/checks/                               > +hxxxx+ +hxxxx+ +hxxxx+ x >
POST /admin/record/checks/                               > bhxxxxb bhxxxxb bhxxxxb x >
GET  /admin/record/checks/{check}/                       > +hxxxx+ +hxxxx+ +hxxxx+ x >
GET  /admin/erasures/                                    > +xxxxx+ +xxxxx+ +xxxxx+ x >
GET  /admin/erasures/{erasure}/                          > +xxxxx+ +xxxxx+ +xxxxx+ x >
GET  /admin/erasures/of/person/{leaver}/                 > +xxxxxx xxxxxxx xxxxxxx x >
POST /admin/erasures/of/person/{leaver}/                 > bxxxxxx xxxxxxx xxxxxxx x >
GET  /admin/erasures/event/{event}/                      > +xxxxxx xxxxxxx xxxxxxx x >
POST /admin/erasures/event/{event}/                      > bxxxxxx xxxxxxx xxxxxxx x >
GET  /admin/health/                                      > +xxxxx+ +xxxxx+ +xxxxx+ x >
GET  /admin/record/                                      > +hxxxx+ +hxxxx+ +hxxxx+ x >
GET  /admin/record/results/                              > +hxxxx+ +hxxxx+ +hxxxx+ x >
GET  /admin/record/seal/                                 > +hxxxx+ +hxxxx+ +hxxxx+ x >
GET  /admin/record/seal/checkpoint/                      > ohxxxxo ohxxxxo ohxxxxo x >
GET  /admin/record/anchors/                              > +hxxxx+ +hxxxx+ +hxxxx+ x >
GET  /admin/record/anchors/people/name/                  > +xxxxx+ xxxxxxx xxxxxxx x >
POST /admin/record/anchors/people/name/                  > fxxxxxf xxxxxxx xxxxxxx x >
GET  /admin/record/anchors/people/{recipient}/end/       > +xxxxx+ xxxxxxx xxxxxxx x >
POST /admin/record/anchors/people/{recipient}/end/       > rxxxxxr xxxxxxx xxxxxxx x >
GET  /admin/record/anchors/1/receipt/                    > ohxxxxo ohxxxxo ohxxxxo x >
GET  /admin/record/anchors/sheet/                        > ohxxxxo ohxxxxo ohxxxxo x >
GET  /admin/record/anchors/sheet/1.pdf                   > ohxxxxo ohxxxxo ohxxxxo x >
GET  /admin/record/{event}/proof/                        > ohxxxxo ohxxxxo ohxxxxo x >
GET  /admin/record/{event}/                              > +hxxxx+ +hxxxx+ +hxxxx+ x >
"""

OF_PEOPLE_AND_PLACES = """
#                                                   nobody whole   own     other  expired off
GET  /admin/people/                                      > xxxxxx+ xxxxxxx xxxxxxx x >
GET  /admin/people/results/                              > xxxxxx+ xxxxxxx xxxxxxx x >
GET  /admin/people/add/                                  > xxxxxx+ xxxxxxx xxxxxxx x >
POST /admin/people/add/                                  > xxxxxxf xxxxxxx xxxxxxx x >
GET  /admin/people/import/                               > xxxxxx+ xxxxxxx xxxxxxx x >
POST /admin/people/import/                               > xxxxxxf xxxxxxx xxxxxxx x >
GET  /admin/people/import/template.csv                   > xxxxxx+ xxxxxxx xxxxxxx x >
GET  /admin/people/import/{people_sheet}/                > xxxxxxb xxxxxxx xxxxxxx x >
POST /admin/people/import/{people_sheet}/                > xxxxxxb xxxxxxx xxxxxxx x >
POST /admin/people/import/{people_sheet}/discard/        > xxxxxxb xxxxxxx xxxxxxx x >
GET  /admin/people/{person}/                             > xxxxxx+ xxxxxxx xxxxxxx x >
GET  /admin/people/{person}/details/                     > xxxxxx+ xxxxxxx xxxxxxx x >
POST /admin/people/{person}/details/                     > xxxxxxf xxxxxxx xxxxxxx x >
GET  /admin/people/{person}/roles/give/                  > xxxxxx+ xxxxxxx xxxxxxx x >
POST /admin/people/{person}/roles/give/                  > xxxxxxf xxxxxxx xxxxxxx x >
GET  /admin/people/{person}/roles/{membership}/end/      > xxxxxx+ xxxxxxx xxxxxxx x >
POST /admin/people/{person}/roles/{membership}/end/      > xxxxxxr xxxxxxx xxxxxxx x >
POST /admin/people/{person}/link/send/                   > xxxxxxr xxxxxxx xxxxxxx x >
POST /admin/people/{newcomer}/link/show/                 > xxxxxx+ xxxxxxx xxxxxxx x >
GET  /admin/people/{person}/switch-off/                  > xxxxxx+ xxxxxxx xxxxxxx x >
POST /admin/people/{person}/switch-off/                  > xxxxxxr xxxxxxx xxxxxxx x >
POST /admin/people/{leaver}/switch-on/                   > xxxxxxr xxxxxxx xxxxxxx x >
GET  /admin/places/                                      > xxxxxx+ xxxxxxx xxxxxxx x >
GET  /admin/places/results/                              > xxxxxx+ xxxxxxx xxxxxxx x >
GET  /admin/places/organisation/                         > xxxxxx+ xxxxxxx xxxxxxx x >
POST /admin/places/organisation/                         > xxxxxxf xxxxxxx xxxxxxx x >
GET  /admin/places/import/                               > xxxxxx+ xxxxxxx xxxxxxx x >
POST /admin/places/import/                               > xxxxxxf xxxxxxx xxxxxxx x >
GET  /admin/places/import/template.csv                   > xxxxxx+ xxxxxxx xxxxxxx x >
GET  /admin/places/import/{sites_sheet}/                 > xxxxxxb xxxxxxx xxxxxxx x >
POST /admin/places/import/{sites_sheet}/                 > xxxxxxb xxxxxxx xxxxxxx x >
POST /admin/places/import/{sites_sheet}/discard/         > xxxxxxb xxxxxxx xxxxxxx x >
GET  /admin/places/sites/add/                            > xxxxxx+ xxxxxxx xxxxxxx x >
POST /admin/places/sites/add/                            > xxxxxxf xxxxxxx xxxxxxx x >
GET  /admin/places/sites/{site}/                         > xxxxxx+ xxxxxxx xxxxxxx x >
GET  /admin/places/sites/{site}/details/                 > xxxxxx+ xxxxxxx xxxxxxx x >
POST /admin/places/sites/{site}/details/                 > xxxxxxf xxxxxxx xxxxxxx x >
GET  /admin/places/sites/{site}/close/                   > xxxxxx+ xxxxxxx xxxxxxx x >
POST /admin/places/sites/{site}/close/                   > xxxxxxr xxxxxxx xxxxxxx x >
POST /admin/places/sites/{closed_site}/open/             > xxxxxxr xxxxxxx xxxxxxx x >
"""

WAGTAILS_OWN = """
#                                                   nobody whole   own     other  expired off
GET  /admin/pages/{policies}/                            > ++xxxxh ++xxxxh ++xxxxh x >
GET  /admin/pages/{policy}/edit/                         > ++xxxxh ++xxxxh ++xxxxh x >
GET  /admin/pages/{policy}/delete/                       > hhxxxxh hhxxxxh hhxxxxh x >
GET  /admin/pages/{policy}/unpublish/                    > +hxxxxh +hxxxxh +hxxxxh x >
GET  /admin/pages/{policy}/privacy/                      > hhxxxxh hhxxxxh hhxxxxh x >
GET  /admin/pages/{policy}/copy/                         > ++xxxxh ++xxxxh ++xxxxh x >
GET  /admin/users/                                       x xxxxxxx xxxxxxx xxxxxxx x x
GET  /admin/users/new/                                   x xxxxxxx xxxxxxx xxxxxxx x x
GET  /admin/groups/                                      x xxxxxxx xxxxxxx xxxxxxx x x
GET  /admin/sites/                                       x xxxxxxx xxxxxxx xxxxxxx x x
GET  /admin/workflows/list/                              > hhxxxxh hhxxxxh hhxxxxh x >
GET  /admin/collections/                                 > hhxxxxh hhxxxxh hhxxxxh x >
GET  /admin/documents/                                   > hhxxxxh hhxxxxh hhxxxxh x >
GET  /admin/images/                                      > hhxxxxh hhxxxxh hhxxxxh x >
"""

OVER_THE_API = """
#                                                   nobody whole   own     other  expired off
GET  /api/v1/schema/                                     + +++++++ +++++++ +++++++ + a
GET  /api/v1/docs/                                       + +++++++ +++++++ +++++++ + a
GET  /api/v1/health/                                     + +++++++ +++++++ +++++++ + a
GET  /api/v1/sites/                                      a +++++++ +++++++ +++++++ + a
GET  /api/v1/search/?q=information                       a +++++++ +++++++ +++++++ + a
GET  /api/v1/policies/                                   a +++++++ +++++++ +++++++ + a
GET  /api/v1/policies/{policy}/                          a +++++++ +++++++ +++++++ + a
GET  /api/v1/policies/{policy}/confirmation/             a +++++++ +++++++ +++++++ + a
POST /api/v1/policies/{policy}/confirmation/             a fffffff fffffff fffffff f a
GET  /api/v1/confirmations/                              a +++++++ +++++++ +++++++ + a
GET  /api/v1/requirements/                               a +++++++ +++++++ +++++++ + a
GET  /api/v1/statements/                                 a +x++x+x +x++x+x +x++x+x x a
GET  /api/v1/readiness/                                  a +x++x+x +x++x+x +x++x+x x a
GET  /api/v1/assessments/                                a +x++x+x +x++x+x +x++x+x x a
GET  /api/v1/assessments/{assessment}/                   a +o++o+o +o++o+o ooooooo o a
GET  /api/v1/assessments/{head_office}/sites/            a +o++o+o +o++o+o +o++o+o o a
GET  /api/v1/assessments/{assessment}/actions/           a +o++o+o +o++o+o ooooooo o a
POST /api/v1/assessments/{assessment}/actions/           a foffoxo foffoxo ooooooo o a
GET  /api/v1/assessments/{assessment}/responses/         a +o++o+o +o++o+o ooooooo o a
GET  /api/v1/assessments/{assessment}/responses/{question}/ a +o++o+o +o++o+o ooooooo o a
GET  /api/v1/assessments/{assessment}/publications/      a +o++o+o +o++o+o ooooooo o a
GET  /api/v1/publications/{publication}/                 a +o++o+o +o++o+o ooooooo o a
GET  /api/v1/publications/{publication}/export/?kind=csv a +o++o+o +o++o+o ooooooo o a
GET  /api/v1/evidence/                                   a +x++x+x +x++x+x +x++x+x x a
POST /api/v1/evidence/                                   a +x++xxx xxxxxxx xxxxxxx x a
GET  /api/v1/evidence/{evidence}/                        a +o++o+o +o++o+o ooooooo o a
POST /api/v1/evidence/{evidence}/versions/               a +o++oxo +o++oxo ooooooo o a
GET  /api/v1/versions/{in_review}/                       a +o++o+o +o++o+o ooooooo o a
GET  /api/v1/versions/{approved}/download/               a +o++o+o +o++o+o ooooooo o a
GET  /api/v1/versions/{failed}/download/                 a xoxxoxo xoxxoxo ooooooo o a
POST /api/v1/versions/{in_review}/decisions/             a +oxxoxo +oxxoxo ooooooo o a
"""

OF_TABLETS = """
#                                                   nobody whole   own     other  expired off
GET  /account/pin/                                       > +++++++ +++++++ +++++++ + >
POST /account/pin/                                       > fffffff fffffff fffffff f >
GET  /shared/start/                                      > +xx+xxx +xx+xxx +xx+xxx x >
POST /shared/start/                                      > fxxfxxx fxxfxxx fxxfxxx x >
GET  /shared/leave/                                      > bxxbxxx bxxbxxx bxxbxxx x >
POST /shared/leave/                                      > bxxbxxx bxxbxxx bxxbxxx x >
GET  /shared/devices/                                    > +xx+xxx +xx+xxx +xx+xxx x >
GET  /shared/devices/people/                             > +xx+xxx bxxbxxx bxxbxxx x >
GET  /shared/devices/people/{site}/                      > +xx+xxx +xx+xxx oxxoxxx x >
GET  /shared/devices/people/{site}/{person}/             > +xx+xxx +xx+xxx oxxoxxx x >
POST /shared/devices/people/{site}/{person}/             > +xx+xxx +xx+xxx oxxoxxx x >
POST /shared/devices/{tablet}/end/                       > rxxrxxx rxxrxxx oxxoxxx x >
POST /shared/devices/{tablet}/unlock/{person}/           > rxxrxxx rxxrxxx oxxoxxx x >
"""

ON_A_TABLET = """
#                                                   no tablet, nobody at it, a carer at it,
#                                                   finished, shared mode ended, unknown tablet
GET  /shared/                                            o+++oo
GET  /shared/names/{person}/                             o+++oo
POST /shared/names/{person}/                             o+++oo
GET  /shared/new-pin/                                    obbboo
POST /shared/new-pin/                                    obbboo
GET  /shared/mine/                                       ob+boo
GET  /shared/policies/{policy_slug}/                     ob+boo
POST /shared/policies/{policy_slug}/confirm/             obfboo
GET  /shared/policies/{policy_slug}/confirmed/           obbboo
GET  /shared/policies/{policy_slug}/questions/           ob+boo
POST /shared/policies/{policy_slug}/questions/           obfboo
POST /shared/here/                                       ob+boo
POST /shared/finish/                                     obbboo
"""
"""A shared tablet's pages. Whoever works here gets the answer of the first column: no sign-in makes
a browser one. An empty PIN is told in the page itself."""

BEHIND_A_LINK = """
#                                                   no session, code not typed, in, signed out,
#                                                   access ended, access revoked, unknown link
GET  /inspection/{link}/                                 ++b+ooo
POST /inspection/{link}/code/send/                       rrrrooo
GET  /inspection/{link}/code/                            ++++ooo
POST /inspection/{link}/code/                            ++++ooo
POST /inspection/{link}/leave/                           bb+bbbb
GET  /inspection/{link}/summary/                         bb+booo
GET  /inspection/{link}/files/{approved}/                bb+booo
GET  /inspection/{link}/files/{in_review}/               bbobooo
GET  /inspection/{link}/packs/                           bb+booo
POST /inspection/{link}/packs/ask/                       bbbbooo
GET  /inspection/{link}/packs/{pack}/                    bbobooo
"""
"""An inspector's pages. Whoever works here gets the answer of the first column: nobody's sign-in
opens another's link. A wrong code is told in the page itself, so the code's page answers ``+``."""


@dataclass(frozen=True)
class Row:
    """One line of a table: what to ask for, and the answers in groups as they are written."""

    method: str
    address: str
    answers: tuple[str, ...]

    @property
    def name(self) -> str:
        """How a test of this row is called."""
        return f"{self.method} {self.address}"


def rows(table: str) -> list[Row]:
    """Read a table; lines that begin with ``#`` are headings."""
    read = []
    for line in table.splitlines():
        if line and not line.startswith("#"):
            method, address, *answers = line.split()
            read.append(Row(method, address, tuple(answers)))
    return read


def for_each_visitor(row: Row) -> dict[str, str]:
    """Return visitor -> answer of a row of the tables with roles."""
    nobody, whole, own, other, expired, off = row.answers
    expected = {"nobody": nobody}
    columns = {"whole": whole, "own": own, "other": other}
    columns |= {"expired": expired * len(ROLES), "off": off * len(ROLES)}
    for standing, answers in columns.items():
        expected |= {
            f"{role} {standing}": answer for role, answer in zip(ROLES, answers, strict=True)
        }
    return expected
