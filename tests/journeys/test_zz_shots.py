import pytest
from axe_playwright_python.sync_playwright import Axe
OPTS={"runOnly":{"type":"tag","values":["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]}}
def test_shots(stage):
    f=stage.family; at_work=stage.open; w=f.wren.pk
    import os; os.makedirs("/tmp/shots",exist_ok=True)
    def go(page,name,url):
        for width in (1280,375):
            page.set_viewport_size({"width":width,"height":900})
            page.goto(url) if url else None
            page.wait_for_timeout(250)
            page.screenshot(path=f"/tmp/shots/{name}-{width}.png",full_page=True)
            r=Axe().run(page,options=OPTS)
            sw=page.evaluate("document.documentElement.scrollWidth")
            print(name,width,page.url[-40:],"axe",r.violations_count,"sw",sw)
            for v in r.response["violations"]: print("   ",v["id"],v["help"],[x["target"] for x in v["nodes"]][:4])
    p=at_work(f.ines,confirmed=True)
    p.on("console",lambda m:m.type in("error","warning") and print("CONSOLE",m.text[:300]))
    p.on("pageerror",lambda m:print("PAGEERROR",m))
    go(p,"home","/work/"); go(p,"search","/work/people/")
    go(p,"person",f"/work/people/{w}/"); go(p,"timeline",f"/work/people/{w}/timeline/"); go(p,"looked",f"/work/people/{w}/looked/")
    go(p,"notes",f"/work/people/{w}/notes/"); go(p,"write",f"/work/people/{w}/notes/write/"); go(p,"conflict",f"/work/people/{w}/conflict/")
    go(p,"reveal",f"/work/people/{w}/addresses/{f.refuge}/reveal/"); go(p,"emergency","/work/emergency-access/"); go(p,"purpose","/work/purpose/"); go(p,"404",f"/work/people/{f.otis.pk}/")
    p.goto("/work/people/"); p.fill("#q","Hollis"); p.click("main button"); go(p,"found",None)
    p.goto("/work/people/"); p.fill("#q","Zzyx"); p.click("main button"); go(p,"none",None)
    p.goto("/work/people/"); p.fill("#q","2015"); p.click("main button"); go(p,"problem",None)
    p.goto("/work/emergency-access/"); p.click("text=Full name and date"); p.fill("#id_given","Otis"); p.fill("#id_family","Vale"); p.fill("#id_born_on_day","30"); p.fill("#id_born_on_month","7"); p.fill("#id_born_on_year","2014")
    p.click("text=Emergency duty"); p.fill("#id_reason","Neighbour rang to say he was alone in the house"); go(p,"emergencyfilled",None); p.click("text=Open the record"); go(p,"opened",None)
    p.goto(f"/work/people/{w}/notes/write/"); p.click("text=Make it final"); go(p,"writeerr",None)
    m=at_work(f.orla); go(m,"mhome","/work/"); go(m,"reviews","/work/reviews/"); go(m,"closed","/work/closed/"); go(m,"close",f"/work/people/{w}/close/")
    m.goto("/work/reviews/"); m.click("table a >> nth=0"); go(m,"review",None)
