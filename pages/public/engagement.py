from pages.ui import theme_page

theme_page.draw("engagement", "Engagement: do people have a real say?")
