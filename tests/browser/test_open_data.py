"""Open data in a browser: from the foot of the public site to a file, without a script or a cookie; a head's switch."""

from __future__ import annotations

from complaints.models import Petition
from office.models import User
from projectplan.opendata.publishing import publish_due
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over
from tests.complaints.opinions import Desk, at


def test_a_reader_finds_and_loads_open_data_and_a_head_closes_it(
    visit: Visit, officer: User, head: User, executive: User
) -> None:
    desk = Desk(officer, head, executive)
    for _one in range(7):
        desk.receive(at(2009, 10, 5), channel=Petition.Channel.WEB)
    publish_due(at(2009, 11, 3), most=40)
    reader = visit()
    reader.expects(410)
    reader.opens("site:home")
    reader.follows("Open data")
    look_over(reader, "open-data")
    reader.follows("Petitions by channel")
    look_over(reader, "open-data-set")
    with reader.page.expect_download() as loading:
        reader.page.get_by_role("link", name="CSV").first.click()
    text = loading.value.path().read_text(encoding="utf-8-sig")
    assert "2009-10-01,2553,web" in text
    assert not [one for one in reader.page.context.cookies() if one["name"] == "sessionid"]

    keeper = visit()
    keeper.signs_in(head)
    keeper.opens("projectplan:open_data")
    look_over(keeper, "open-data-switches")
    keeper.page.get_by_role("button", name="เรื่องร้องทุกข์จำแนกตามช่องทาง").click()
    keeper.page.get_by_text("ปิดอยู่", exact=True).wait_for()
    reader.page.reload()
    look_over(reader, "open-data-closed")
